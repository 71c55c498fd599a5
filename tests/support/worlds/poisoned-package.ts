/**
 * A poisoned release and four vendors, as canonical files: Quill's list names the poisoned version, Harrow's lists lie around the time of the
 * release, Tide has it by an access fact, and Sable and Proxy have no list.
 */
export const poisonedPackage: Readonly<Record<string, string>> = {
  'organizations.csv':
    'id,name,roles\nvega,Vega Lab,LAB\nharrow,Harrow,VENDOR\nquill,Quill,VENDOR\nsable,Sable,VENDOR\ntide,Tide,VENDOR\nproxy,Proxy,TOOL_PROVIDER\n',
  'artifacts.csv': 'id,name,type,owner,sensitivity\nrubric,Rubric,OTHER,vega,3\n',
  'transfers.csv':
    'id,artifact,sender,recipient,sent_at\nt1,rubric,vega,harrow,2026-01-01\nt2,rubric,vega,quill,2026-01-01\nt3,rubric,vega,sable,2026-01-01\n',
  'access.csv': 'id,grantee,grantor,software\na1,proxy,tide,pkg:pypi/litellm@1.82.7\n',
  'software_lists.csv':
    'id,organization,subject,described_at\nharrow/1,harrow,pkg:oci/gateway,2026-03-10\nharrow/2,harrow,pkg:oci/gateway,2026-04-20\nquill/1,quill,pkg:oci/proxy,2026-03-24T12:30:00Z\n',
  'software_components.csv':
    'list,name,package,version\nharrow/1,litellm,pkg:pypi/litellm,1.82.6\nharrow/2,litellm,pkg:pypi/litellm,1.83.0\nquill/1,litellm,pkg:pypi/litellm,1.82.7\n',
  'advisories.csv': 'id,kind,aliases,summary\nMAL-2026-2144,MALWARE,CVE-2026-7,Poisoned release\n',
  'advisory_packages.csv': 'advisory,package,versions\nMAL-2026-2144,pkg:pypi/litellm,1.82.7\n',
  'availabilities.csv':
    'advisory,package,source,from,until\nMAL-2026-2144,pkg:pypi/litellm,The registry,2026-03-24T10:52:00Z,2026-03-24T11:25:00Z\n',
};
