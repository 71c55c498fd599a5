import { domainToUnicode } from 'node:url';
import { getOrInsert } from '../get-or-insert.ts';

/** How often a text is percent-decoded, at most. */
const maxDecodings = 3;
/** The bytes of one character in UTF-8, percent-encoded. */
const encoded = /%[0-7][\da-f]|%(?:c[2-9a-f]|d[\da-f])%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-4](?:%[89ab][\da-f]){3}/gi;
/** Formatting, fillers, variation selectors, tags, and controls other than line breaks and tabs. */
const invisible = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** A label of a host in ASCII: "xn--lwe-sna" for "löwe". */
const asciiLabel = /xn--[a-z\d-]+/gi;
const isPrintableAscii = /^[ -~]*$/;

/** A text percent-decoded, in NFKC, without invisible characters, and with Unicode labels of hosts. What is malformed stays. */
export function toPlainText(text: string): string {
  let plain = text;
  for (let i = 0; i < maxDecodings && plain.includes('%'); i++) plain = plain.replace(encoded, decode);
  if (!isPrintableAscii.test(plain)) plain = plain.normalize('NFKC').replace(invisible, '');
  return /xn--/i.test(plain) ? plain.replace(asciiLabel, (label) => domainToUnicode(label) || label) : plain;
}

function decode(bytes: string): string {
  try {
    return decodeURIComponent(bytes);
  } catch {
    // Overlong, or half of a surrogate pair.
    return bytes;
  }
}

/** Scripts that write without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const shapes = { sign: 0, mark: 1, lower: 2, upper: 3, other: 4, unspaced: 5 } as const;
type Shape = (typeof shapes)[keyof typeof shapes];

/**
 * The ways to fold: by the lower-case letter, so that case does not matter; by the letter as it stands, because capitals look like other
 * letters than their small forms do; the same, with a capital I taken for an l.
 */
export const ways = [0, 1, 2] as const;
type Way = (typeof ways)[number];

interface Letter {
  readonly shape: Shape;
  /** By way. Empty for signs and marks. */
  readonly folded: readonly [string, string, string];
  readonly isOneWay: boolean;
  /** UTF-16 units that it takes. */
  readonly length: number;
  /** How many letters it counts for: a Han character for two, signs and marks for none. */
  readonly weight: number;
}

/** The letters that were seen: at most all of Unicode. */
const letters = new Map<number, Letter>();
const asciiLetters = Array.from({ length: 128 }, (_, code) => toLetter(String.fromCharCode(code)));

function letterAt(text: string, at: number): Letter {
  const unit = text.charCodeAt(at);
  if (unit < 128) return asciiLetters[unit] as Letter;
  const code = text.codePointAt(at) as number;
  return getOrInsert(letters, code, () => toLetter(String.fromCodePoint(code)));
}

function toLetter(char: string): Letter {
  const shape = shapeOf(char);
  if (shape === shapes.sign || shape === shapes.mark)
    return { shape, folded: ['', '', ''], isOneWay: true, length: char.length, weight: 0 };
  const small = foldSmall(char);
  let folded: [string, string, string] = [small, small, small];
  const look = confusableLetters.get(char);
  if (shape === shapes.upper && look === 'l') folded = [small, 'i', 'l'];
  else if (shape === shapes.upper && look !== undefined && /^[A-Za-z]+$/.test(look)) {
    const looked = foldSmall(look);
    folded = [small, looked, looked];
  }
  const weight = /\p{Script=Han}/u.test(char) ? 2 : 1;
  return { shape, folded, isOneWay: folded.every((one) => one === small), length: char.length, weight };
}

function shapeOf(char: string): Shape {
  if (/\p{M}/u.test(char)) return shapes.mark;
  const look = confusableLetters.get(char);
  if (!/[\p{L}\p{N}]/u.test(char)) return look === undefined ? shapes.sign : shapes.other;
  // A letter that is read as an apostrophe, such as U+02BC.
  if (/\p{Lm}/u.test(char) && look !== undefined && !/[\p{L}\p{N}]/u.test(look)) return shapes.sign;
  if (unspaced.test(char)) return shapes.unspaced;
  if (/\p{Ll}/u.test(char)) return shapes.lower;
  return /[\p{Lu}\p{Lt}]/u.test(char) ? shapes.upper : shapes.other;
}

/** Whether a token ends after one letter or sign, or begins with the next. */
function isEdge(before: Shape, after: Shape): boolean {
  if (before === shapes.sign || after === shapes.sign) return true;
  return before === shapes.unspaced || after === shapes.unspaced || (before === shapes.lower && after === shapes.upper);
}

/** A text in lower case, without marks, each letter replaced by the one that it looks like. */
function foldSmall(text: string): string {
  let folded = text;
  // A letter may look like a capital, whose small form looks like something else.
  for (let i = 0; i < 3; i++) {
    const small = folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().toUpperCase().toLowerCase();
    folded = Array.from(small, (char) => confusableLetters.get(char) ?? char).join('');
  }
  return folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * The folded letters of one text, read in one way. Reused for each text.
 *
 * `units` are UTF-16, of `count` in use. `edges` is 1 where a token begins or ends: before each unit, and after the last.
 */
export class FoldedLetters {
  units = new Uint16Array(1024);
  edges = new Uint8Array(1025);
  count = 0;
  /** Whether the text reads the same in every way. */
  isOneWay = true;

  read(plain: string, way: Way): void {
    let { units, edges } = this;
    let count = 0;
    let before: Shape = shapes.sign;
    this.isOneWay = true;
    edges[0] = 1;
    for (let at = 0; at < plain.length; ) {
      const letter = letterAt(plain, at);
      at += letter.length;
      if (letter.shape === shapes.mark) continue;
      if (isEdge(before, letter.shape)) edges[count] = 1;
      before = letter.shape;
      if (!letter.isOneWay) this.isOneWay = false;
      const folded = letter.folded[way];
      if (count + folded.length > units.length) {
        this.#grow();
        ({ units, edges } = this);
      }
      for (let i = 0; i < folded.length; i++) {
        units[count++] = folded.charCodeAt(i);
        edges[count] = 0;
      }
    }
    edges[count] = 1;
    this.count = count;
  }

  #grow(): void {
    const { units, edges } = this;
    this.units = new Uint16Array(2 * units.length);
    this.units.set(units);
    this.edges = new Uint8Array(2 * units.length + 1);
    this.edges.set(edges);
  }
}

/** The number of letters and digits. A Han character counts as two. */
export function countLetters(plain: string): number {
  let count = 0;
  for (let at = 0; at < plain.length; ) {
    const { weight, length } = letterAt(plain, at);
    count += weight;
    at += length;
  }
  return count;
}

/** The tokens of a plain text, as they stand. */
export function* tokensOf(plain: string): Generator<string> {
  let start = 0;
  let before: Shape = shapes.sign;
  for (let at = 0; at < plain.length; ) {
    const { shape, length } = letterAt(plain, at);
    if (shape !== shapes.mark) {
      if (isEdge(before, shape)) {
        if (before !== shapes.sign) yield plain.slice(start, at);
        start = at;
      }
      before = shape;
    }
    at += length;
  }
  if (before !== shapes.sign) yield plain.slice(start);
}

/** Whether a text holds a letter of a script that writes without spaces. */
export function hasUnspaced(text: string): boolean {
  return unspaced.test(text);
}

/*
 * The table below is derived from confusables.txt of Unicode 18.0.0, as the crate unicode-security 0.1.3 holds it.
 *
 * UNICODE LICENSE V3
 *
 * COPYRIGHT AND PERMISSION NOTICE
 *
 * Copyright © 1991-2026 Unicode, Inc.
 *
 * NOTICE TO USER: Carefully read the following legal agreement. BY DOWNLOADING, INSTALLING, COPYING OR OTHERWISE USING DATA FILES, AND/OR
 * SOFTWARE, YOU UNEQUIVOCALLY ACCEPT, AND AGREE TO BE BOUND BY, ALL OF THE TERMS AND CONDITIONS OF THIS AGREEMENT. IF YOU DO NOT AGREE,
 * DO NOT DOWNLOAD, INSTALL, COPY, DISTRIBUTE OR USE THE DATA FILES OR SOFTWARE.
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy of data files and any associated documentation (the "Data
 * Files") or software and any associated documentation (the "Software") to deal in the Data Files or Software without restriction,
 * including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data Files or
 * Software, and to permit persons to whom the Data Files or Software are furnished to do so, provided that either (a) this copyright and
 * permission notice appear with all copies of the Data Files or Software, or (b) this copyright and permission notice appear in
 * associated Documentation.
 *
 * THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
 * WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS.
 *
 * IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR
 * CONSEQUENTIAL DAMAGES, OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
 * NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES OR SOFTWARE.
 *
 * Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to promote the sale,
 * use or other dealings in these Data Files or Software without prior written authorization of the copyright holder.
 */

/**
 * Letters and digits that look like others (Unicode UTS #39). Each group is `look=letters`: code points in hexadecimal, those of the look joined
 * by `+`. Left out: letters that NFKC changes, letters that differ from their look by marks alone, and signs, except four that people read as letters.
 */
const looks = `
21=1c3,2d51 24=586 26=a778 27=2b9,2bb,2bc,2bd,2be,2c8,2ca,2cb,5d9,7f4,7f5,144a,16cc,a78b,a78c,1e94b 27+27=2ba,2ee,5f2 27+42=181 27+44=18a
27+50=1a4 27+54=1ac 27+59=1b3 28=10141 29=10140 2a=1031f 2a+2a=156f 2b=1429,1540,1029b,11055,16869,1e6e9 2c=a4f9
2d=174d,2cb2,2cb3,2cba,2cbb 2e=660,6f0,a4f8,1ecae 2e+2c=a4fb 2e+2e=a4fa 2f=2cc6,2cc7,3033,30ce,4e3f
32=1a7,1bb,3e8,10c7,14bf,1616,1cb7,a644,a6ef,a75a 33=1b7,21c,417,498,4e0,545,969,ae9,1702,1c95,2c9c,2cc4,2ccc,a76a,a7ab,a8f6,118ca,16f3b
34=13ce,ab9e,118af,16e82 34+b7=1530 35=1bc,118bb 36=3ec,431,13ee,2cd2,2cd3,2cdc,a543,abbe,118d5 37=172a,1c84,104d2,118c6,16e8a
38=222,223,9ea,a6a,a589,1031a,169fe,1e8cb 39=9ed,a67,b68,d6d,2cca,2ccb,a76e,a76f,118ac,118cc,118d6,169c1,1e2f2 39+b7=a6dd
3a=2d0,a4fd,1015b,11dd9 3c=1438,16b2,2d66,1032d,16aec 3c+b7=1445,2cb4,2cb5 3d=a60c,11053 3e=1433,16f3f 3e+b7=1441 3f=241,294,97d,13ae,a6eb
41=391,410,13aa,15c5,a4ee,102a0,16f40 41+41=a732 41+45=c6,4d4 41+4f=a734 41+55=a736 41+56=a738,a73a 41+59=a73c
42=392,412,13f4,15f7,2c82,a4d0,a557,a7b4,10282,102a1,10301 43=421,4aa,13df,2ca4,a4da,102a2,10302,10415,1051b,118e9,118f2 43+27=187
44=d0,110,189,13a0,15de,15ea,a4d3 45=246,395,415,13ac,2d39,a4f0,a5cb,10286,118a6,118ae
46=191,3dc,7d3,15b4,a4dd,a798,10287,102a5,10525,118a2,118c2 47=1e4,50c,13c0,13f3,a4d6 47+27=193
48=126,397,41d,4a2,4c7,4c9,13bb,157c,2c67,2c8e,a4e7,102cf 4a=248,37f,408,13ab,148d,a4d9,a7b2 4a+b7=1499
4b=39a,41a,49a,49e,13e6,16d5,2c69,2c94,a4d7,a740,10518 4b+27=198 4c=141,13de,14aa,2cd0,a4e1,1041b,10526,118a3,118b2,16f16 4c+b7=14b7
4d=39c,3fa,41c,4cd,13b7,15f0,16d6,2c98,a4df,102b0,10311,10c21 4e=19d,39d,2c9a,a4e0,10513,11abe
4f=30,d8,19f,398,39f,3b8,41e,472,4e8,555,7c0,b20,ce6,12d0,1340,13a4,13be,13eb,1cbf,2c90,2c9e,2d31,2d41,2d54,3007,a4f3,a74a,10292,102ab,
1030f,10404,104c2,10516,1051e,10c17,118b5,118e0,11de0,1699b,16ae9,16e80,1e140,1e2f0 4f+45=152 4f+4f=a698,a74e 4f+79=478
50=3a1,420,13e2,146d,2ca2,2cce,a4d1,10295 50+27=1486 51=51a,2d55 52=1a6,24c,13a1,13d2,1587,a4e3,104b4,16f35
53=405,54f,10bd,10fd,13d5,13da,1cbd,a4e2,a576,a7c5,10296,10420,16ad6,16f3a
54=166,1ae,23e,3a4,422,4ac,7e0,13a2,2ca6,3112,4e05,a4d4,a50b,a68c,10297,102b1,10315,118bc,16f0a,1d373 54+33=a728
55=244,54d,1200,13cc,144c,a4f4,104ce,118b8,16f42 55+27=1467 55+b7=1458
56=474,667,6f7,13d9,142f,2d38,a4e6,a6df,1051d,10c1f,118a0,16f08,1e145 56+b7=143b 57=51c,13b3,13d4,a4ea,118e6,118ef
58=3a7,425,4b2,16b7,1cf5,2cac,2d5d,a4eb,a7b3,10290,102b4,10317,10322,10527,10c13,10c82,10cfc,118ec
59=24e,3a5,423,4ae,4b0,7cc,13a9,13bd,2ca8,311a,4e2b,a4ec,a6b2,102b2,10c20,118a4,16f43
5a=1b5,224,396,10cd,13c3,2c6b,2c8c,a4dc,a6c9,102f5,10507,118a9,118e5,11abc 5c=4e36 5e=2c6,18d4 5f=640,7fa,145c1 61=251,3b1,430,237a,ab64
61+61=a733 61+65=e6,4d5 61+6f=a735 61+75=a737 61+76=a739,a73b 61+79=a73d
62=180,182,183,184,253,411,42c,462,463,48c,48d,7d5,13cf,1472,1473,15af,1031c,16eb6 62+27=1488 62+6c=42b 62+b7=147f,1481
63=23c,441,4ab,1004,105a,1c83,1d04,2ca5,abaf,1043d 63+6f=ab43,ab44 64=111,18b,18c,256,257,501,13e7,146f,a4d2,1018b 64+27=1487 64+7a=2a3
64+b7=147b 64+21d=2a4 64+291=2a5 65=247,435,4bd,4bf,212e,ab32 66=192,284,584,1d6e,1e9d,a799,ab35 66+6e=2a9 67=18d,1e5,260,261,581,1d83
68=127,266,45b,4ba,4bb,570,10b9,13c2,13f2,a695 69=131,268,269,26a,3b9,456,582,13a5,1d7b,1d7c,2373,2c93,a647,ab75,118c3
6a=237,249,25f,3f3,458,575 6b=199
6c=31,49,142,196,197,19a,1c0,26b,26d,399,406,4c0,4cf,5d5,5df,627,661,673,6f1,7ca,16c1,16c5,16d0,2c92,2d4a,2d4f,a4f2,a56f,a781,a7ae,a7fe,
a830,1028a,10309,10320,1050e,10926,10c3e,10ca5,10cfa,11dda,11de1,16ae4,16d63,16eaa,16f28,1d377,1e141,1e8c7,1ed01 6c+27=5f1 6c+4c=1efa
6c+4f=42e 6c+6c=1c1,5f0 6c+6c+6c=a516 6c+73=2aa 6c+7a=2ab 6c+21d=26e 6c+639+6c=1ec86 6c+674=672 6e=14b,19e,272,273,3b7,572,578,57c,1d70
6f=f8,275,3bf,3c3,3ed,43e,473,4e9,585,5e1,629,647,665,6be,6c1,6c3,6d5,6f5,6ff,7cb,840,966,9e6,a66,ae6,b66,be6,c66,d20,d66,e50,ed0,1010,
101d,1040,10d7,10ff,110b,11bc,17e0,1a32,1a45,1a80,1a90,1c82,1d0f,1d11,2c91,2c9f,a6a2,a74b,ab3d,ab3e,ab74,ab8e,abbb,1042c,104ea,1092c,
10d07,11116,11124,114d0,118c8,118d7 6f+65=153 6f+6f=1147,11ee,a699,a74f 6f+79=479 6f+d30+6f=d5f 6f+1100=1141,11ec 6f+1100+1100=11ed
6f+1103=1142 6f+1105=a976 6f+1106=1143 6f+1107=1144 6f+1109=1145,11f1 6f+110c=1148 6f+110e=1149 6f+110f=11ef 6f+1110=114a 6f+1111=114b
6f+1112=a977 6f+1140=1146,11f2 6f+1d07=276 70=fe,1a5,1bf,3c1,3f8,440,1d7d,2374,2ca3,2ccf 70+b7=1477 71=2a0,51b,563,566
72=24d,27c,27d,433,493,1d26,1d72,2c85,ab47,ab48,ab81,16a19 72+27=491 72+6e=6d,271,560,1d6f,ab51,11700,118e3
73=1bd,282,455,d1f,1d74,a731,abaa,10448,118c1 74=167,1ab,1ad,13bf,1d75 74+66=a777 74+73=2a6 74+21d=a729 74+255=2a8 74+283=2a7
75=28b,3c5,45f,57d,1d1c,1d7e,a79f,ab4e,ab52,ab9c,104f6,118d8 75+65=1d6b 75+6f=ab63 76=3bd,475,5d8,1d20,aba9,11706,118c0
77=26f,448,461,47d,51d,561,1d21,2cbd,a761,a7fa,ab83,aba4,114c5,1170a,1170e,1170f 78=445,1541,157d,1763,10cc2
79=1b4,24f,263,28f,3b3,443,4af,4b1,10e7,1d8c,1eff,2ca9,ab5a,118c4,118dc 7a=1b6,225,290,1d22,1d76,2c6c,2c8d,2d2d,ab93 b0=1424,18de
b7=2d1,1427,a78f b7+34=152f b7+3c=1444 b7+3e=1437,1440 b7+4a=1498 b7+4c=14b6 b7+50=1476 b7+55=1457 b7+56=143a b7+62=147e,1480 b7+64=147a
b7+b7+b7=2d48 b7+245=143c b7+393=14ae b7+394=140e b7+548=1459 b7+1401=140c b7+1404=1410 b7+1405=1412 b7+1406=1414 b7+140a=1417
b7+140b=1419 b7+1432=143e b7+1434=1442 b7+1439=1446 b7+144f=145b b7+1450=1454,145d b7+1451=145f b7+1455=1461 b7+1456=1463 b7+146b=1474
b7+146e=1478 b7+1470=147c b7+1489=1492 b7+148b=1494 b7+148c=1496 b7+148e=149a b7+1490=149c b7+1491=149e b7+14a3=14ac b7+14a6=14b0
b7+14a7=14b2 b7+14a8=14b4 b7+14ab=14b8 b7+14c0=14c9 b7+14c2=18c6 b7+14c3=18c8 b7+14c4=18ca b7+14c5=18cc b7+14c7=14cb b7+14c8=14cd
b7+14d3=14dc b7+14d5=14de b7+14d6=14e0 b7+14d7=14e2 b7+14d8=14e4 b7+14da=14e6 b7+14db=14e8 b7+14ed=14f6 b7+14ef=14f8 b7+14f0=14fa
b7+14f1=14fc b7+14f2=14fe b7+14f4=1500 b7+14f5=1502 b7+1510=1517 b7+1511=1519 b7+1512=151b b7+1513=151d b7+1514=151f b7+1515=1521
b7+1516=1523 b7+1528=1531 b7+1529=1533 b7+152a=1535 b7+152b=1537 b7+152d=1539 b7+152e=153b b7+1543=18ce b7+1546=18cf b7+1547=18d0
b7+1548=18d1 b7+1549=18d2 b7+154b=18d3 b7+154c=154e b7+155a=155b b7+1567=1568 b7+18b1=18b3 b7+18b4=18b6 b7+18b8=18b9 b7+18c0=18c2
de=3f7,16a6,104c4,169d6 df=3b2,13f0,1e9e,a7b5,a7d6,a7d7 138=3ba,43a,49b,49f,1d0b,2c95,abb6 185=44c,ab9f,16ed1 185+69=44b
186=3fd,2183,a4db,10423 18e=2d3a,a4f1 18f=4d8 190=510,13cb,a613,a72a,10401,16f2d 1a8=3e9,1d24,a645 1a9=3a3,2d49 1b1=162e,1634 1dd=259,4d9
1dd+6f=1d14,ab41,ab42 1dd+2de=25a 1f6=50a 21d=292,4e1,10f3,2cc5,2ccd,a76b 242=ab7e
245=39b,41b,4c5,668,6f8,1431,2d37,a4e5,a6ce,a7da,a7dc,1028d,104b0,10510,16f3d 245+b7=143d 24b=1d90 254=37b,1d10,2184,ab3f,1044b
254+65=ab62 25c=437,499,1d08 25e=10442 262=50d,13fb,ab90 270=57a,1223 274=2c9b 277=1043f 278=239,3c6,444,2cab,2ce0,2ce1 27e=1d73
280=ab71,aba2 283=ab4d 28a=1d7f 28c=1d27,2c97,104d8 28d=43c,4ce,1d0d,2c99,ab87 293=2c9d 298=2d59,a668,104c3 299=432,13fc,2c83
29a=a79d,1042a 29c=43d,4a3,4c8,4ca,2c8f,ab8b 29f=2cd1,abae,10443 2a1=a6cd 2c9=1428 2c9+62=44a 2c9+62+69=a651
393=413,492,13b1,14a5,2c84,1050f,16f07 393+27=490 393+b7=14af 394=7e1,1403,2c86,2d60,a554,10285,102a3,145a2,16a2c,16f1a 394+b7=140f
394+1420=142c 39e=2cb6 3a0=41f,2ca0,a6db,10517,16ea6 3a6=424,553,1240,16f0,2caa,102b3 3a8=470,16d8,2cae,102b5,104d1 3a9=162f,1635,102b6
3bb=19b,2c96,a7db,104db 3c0=43f,1d28,2ca1,16ec1 3c2=3db,2c8b 3c7=2cad,ab53,ab55 3c8=471,2caf,104f9 3c9=2cb1,a64d,a7b7 3d7=2ce4
3d8=102ad,10312 3fc=2cc1 40b=104cd 416=496 418=376,48a,a6a1,10425,1050d 427=3e4 428=2cbc 42a+6c=a650 42f=1586 42f+b7=18e8 436=497
43b=4c6,1d2b 447=3e5,aaa,aeb 459=ab60 460=47c,13c7,15ef 460+b7=18ed 4b6=4cb 4b7=4cc 4bc=4be 4c3=104bc 548=1260,144e,a4f5,16ad1 548+27=1468
548+b7=145a 554=2cc0 559=2bf 571=1294 621=1ed2f 628=751,8a1,8b6 62a=67a,8bf 62d=681,685,772 62d+6c=1ed32 62d+6f=1ec75 62d+645+6c=1ec87
62f=688,68e,68f,6ee,8ae,102e1 631=691,692,698,6ef,76c,867,8b9 632=8b2 633=634,77e 635=69e,8af,102f2 637=69f,102e8 639=858
639+6c=1ecb2,1ed37 639+6f=1ecb1 641=6a7,10d09 643=6a9,6aa,6ad,763,84f,8c2,10d08 643+631+648+631=1eca1 643+631+648+631+6c+649=1eca2
644=6b5,6b7,10d13 644+6f=1eca3 644+643=1eca0 644+643+6f+6c+646=1ec9f 644+643+6f+6f=1ec9e 644+645+6c=1ec89 644+649+639+6c=1ed31 645=8a7
645+6c=1ec83,1ed13 646=768,769,10ec6 648=6c6,6c7,6c8,6c9,6cb,8b1,102e4
649=62b,63d,63f,64a,66e,679,67e,6ba,6bb,6bd,6cc,6ce,6d1,6d2,752,756,88f,8b7,8ba,8bd,8be,8c0 649+639+6c=1ed36 649+648=1ed09 649+674=8a8
662=6f2,a9cf 663=6f3,1e8c9 664=6f4 666=6f6 669=6f9,967,118e4,1ed3c 67b=6d0 680=10ec7 686=8c1 68a=68b 697=771 6a1=66f,6a4,6a8,8bb,8bc,10d1c
6a2=8a4 6ac=762 6af=6b4,8b0 6c5=6c4 754=767,8a9 905=904,906,911,912,913,914,972,973,974,975 909=a24 90f=90d,90e,910 917=97b 91c=97c
91f=a1f 920=a20 921=97e 922=a2b 924+924=a1c 92a=a27,119c2 92a+91f=a07,a08,a0f,a72 92c=97f 92d=a2e 92e=a38 930+907=908 935=a15,119ca
939=a35 93d=abd 968=ab0,ae8,a8f5 96a=aea 96e=aee 971=d4e,18df 971+141e=18dc 985=986 98b=9e0,9e1 98f=1148b 990=1148c 993=1148d 994=1148e
995=1148f 996=11490 997=11491 998=11492 99a=11494 99c=11496 99e=11498 99f=11499 9a1=1149b 9a3=114aa 9a4=1149e 9a5=1149f 9a6=114a0
9a7=114a1 9a8=114a2 9aa=114a3 9ac=114a9 9ae=114a7 9af=114a8 9b0=9f0,114ab 9b2=1149d 9b7=114ad 9b8=114ae 9bd=114c4 9e7=114d1 9e8=114d2
9ec=114d6 a05=a06,a10,a14 a73=a09,a0a a85=a86,a8d,a8f,a90,a91,a93,a94 b05=b06 b85=bee b88=bb0,beb b89=be8,d09,d0a,11309 b89+bb3=b8a,1130a
b8e=bed b90=861,b9c,d1c,1131c b95=be7 b9a=bea,bec,bf2 b9f=d3a ba3=d23,d7a,11323 ba4=11324 ba8=11328 bae=d25 baf=bf0,1132f bb4=d34
bb5=d16,11335 bb6=bb8,d36,11336 bb9=11339 c05=c85 c06=c86 c07=c87 c0b=c60 c0c=c61 c10=c90 c12=c13,c14,c92,c93,c94 c17=c97 c1c=c9c c1d=c9d
c1e=c9e c1f=c9f c21=c22 c23=ca3 c26=ca6 c27+5c9=c25 c28=ca8 c2c=c2d c2f=caf c30=cb0 c30+5c9=c20 c31=cb1 c32=cb2 c33=cb3 c35=c2e,c37,c39
c5c=cdc c67=ce7 c68=ce8 c6f=cef c8c=ce1 c96=c16 d07=d08 d0e=d10 d12=d13,d14 d1e=d61 d26+d30=d6b d28=d0c,d19,d6f,d7b d28+d28=d6c
d28+d2e=d5a d30=d31,d6a,d7c,1000,1002,1081,10d8,1a20,1a23,11109 d30+d30=1023 d32=d7d d33=d7e d35+d30=d6e d39+d2e=d76 d91=d92,d93,db5
d94=db9 d9b=db6 da0=dc0 da2=dea daf=deb db7=dc4 dc3=d8d de8=de9,def e02=e03 e04=e14,e15 e06=e21 e08=e88 e0a=e0b e0e=e0f e11=e17 e1a=e9a
e1b=e9b e1d=e9d e1e=e9e e1f=e9f e20=e26 e22=e8d e32=e45 e40+e40=e41 ea9=e29 ec0+ec0=ec1 f45=f59 f46=f5a f47=f5b f62=f6a f68=f00 1001=aa7e
1003=1070 1006=aa7f 1011=11117 1015=101f,1066,106f,1a37,1111b 1017=1111d 101a=1a3f 101b=1061 101c=11123 101e=1029,102a,1a48
103f=1a54,1110a 1041=1018,1065,1a3d,11103 105c=aa66 105d=1999 1075=1022 107d=107e 1100=11a8 1100+1100=1101,11a9 1100+1102=11fa
1100+1103=115a 1100+1105=11c3 1100+1107=11fb 1100+1109=11aa 1100+1109+1100=11c4 1100+110e=11fc 1100+110f=11fd 1100+1112=11fe 1102=11ab
1102+1100=1113,11c5 1102+1102=1114,11ff 1102+1103=1115,11c6 1102+1105=d7cb 1102+1107=1116 1102+1109=115b,11c7 1102+110c=115c,11ac
1102+110e=d7cc 1102+1110=11c9 1102+1112=115d,11ad 1102+1140=11c8 1102+116e+4e28=723f 1103=11ae 1103+1100=1117,11ca 1103+1103=1104,d7cd
1103+1103+1107=d7ce 1103+1105=115e,11cb 1103+1106=a960 1103+1107=a961,d7cf 1103+1109=a962,d7d0 1103+1109+1100=d7d1 1103+110c=a963,d7d2
1103+110e=d7d3 1103+1110=d7d4 1105=11af 1105+6f=111b,d7dd 1105+1100=11b0,a964 1105+1100+1100=a965,d7d5 1105+1100+1109=11cc
1105+1100+1112=d7d6 1105+1102=1118,11cd 1105+1103=11ce,a966 1105+1103+1103=a967 1105+1103+1112=11cf 1105+1105=1119,11d0
1105+1105+110f=d7d7 1105+1106=11b1,a968 1105+1106+1100=11d1 1105+1106+1109=11d2 1105+1106+1112=d7d8 1105+1107=11b2,a969
1105+1107+6f=11d5,a96b 1105+1107+1103=d7d9 1105+1107+1107=a96a 1105+1107+1109=11d3 1105+1107+1111=d7da 1105+1107+1112=11d4
1105+1109=11b3,a96c 1105+1109+1109=11d6 1105+110c=a96d 1105+110f=11d8,a96e 1105+1110=11b4 1105+1111=11b5 1105+1112=111a,113b,11b6,d7f2
1105+1140=11d7 1105+114c=d7db 1105+1159=11d9 1105+1159+1112=d7dc 1106=11b7 1106+6f=111d,11e2 1106+1100=11da,a96f 1106+1102=d7de
1106+1102+1102=d7df 1106+1103=a970 1106+1105=11db 1106+1106=d7e0 1106+1107=111c,11dc 1106+1107+1109=d7e1 1106+1109=11dd,a971
1106+1109+1109=11de 1106+110c=d7e2 1106+110e=11e0 1106+1112=11e1 1106+1140=11df 1106+1161=535f 1107=11b8 1107+6f=112b,11e6 1107+1100=111e
1107+1102=111f 1107+1103=1120,d7e3 1107+1105=11e3 1107+1105+1111=d7e4 1107+1106=d7e5 1107+1107=1108,d7e6 1107+1107+6f=112c
1107+1109=1121,11b9 1107+1109+1100=1122 1107+1109+1103=1123,d7e7 1107+1109+1107=1124 1107+1109+1109=1125 1107+1109+110c=1126
1107+1109+1110=a972 1107+110c=1127,d7e8 1107+110e=1128,d7e9 1107+110f=a973 1107+1110=1129 1107+1111=112a,11e4 1107+1112=11e5,a974
1109=11ba 1109+6f=1135 1109+1100=112d,11e7 1109+1102=112e 1109+1103=112f,11e8 1109+1105=1130,11e9 1109+1106=1131,d7ea 1109+1107=1132,11ea
1109+1107+6f=d7eb 1109+1107+1100=1133 1109+1109=110a,11bb 1109+1109+1100=d7ec 1109+1109+1103=d7ed 1109+1109+1107=a975 1109+1109+1109=1134
1109+1109+30fc=4e1b 1109+110c=1136,d7ef 1109+110e=1137,d7f0 1109+110f=1138 1109+1110=1139,d7f1 1109+1111=113a 1109+1140=d7ee
1109+30fc+1100=4eca 1109+30fc+1106=5408 110c=11bd 110c+6f=114d 110c+1107=d7f7 110c+1107+1107=d7f8 110c+110c=110d,d7f9 110c+110c+1112=a978
110c+1169=4e15 110e=11be 110e+110f=1152 110e+1112=1153 110f=11bf 1110=11c0 1110+1110=a979 1110+30fc+1102+110c=9577 1111=11c1
1111+6f=1157,11f4 1111+1107=1156,11f3 1111+1109=d7fa 1111+1110=d7fb 1111+1112=a97a 1112=11c2 1112+1102=11f5 1112+1105=11f6 1112+1106=11f7
1112+1107=11f8 1112+1109=a97b 1112+1112=1158 113c+113c=113d 113e+113e=113f 1140=11eb 1140+1107=d7f3 1140+1107+6f=d7f4 114c=11f0
114c+1106=d7f5 114c+1112=d7f6 114e+114e=114f 1150+1150=1151 1159=11f9 1159+1159=a97c 1161+1169=1176 1161+116e=1177 1161+30fc=11a3
1161+4e28=1162 1163+1169=1178 1163+116d=1179 1163+116e=11a4 1163+4e28=1164 1165+1169=117a 1165+116e=117b 1165+30fc=117c 1165+4e28=1166
1167+1163=11a5 1167+1169=117d 1167+116e=117e 1167+4e28=1168 1169+1161=116a 1169+1161+4e28=116b 1169+1163=11a6 1169+1163+4e28=11a7
1169+1165=117f 1169+1165+4e28=1180 1169+1167=d7b0 1169+1167+4e28=1181 1169+1169=1182 1169+1169+4e28=d7b1 1169+116e=1183 1169+4e28=116c
116d+1161=d7b2 116d+1161+4e28=d7b3 116d+1163=1184,1186 116d+1163+4e28=1185 116d+1165=d7b4 116d+1169=1187 116d+4e28=1188 116e+1161=1189
116e+1161+4e28=118a 116e+1165=116f 116e+1165+30fc=118b 116e+1165+4e28=1170 116e+1167=d7b5 116e+1167+4e28=118c 116e+116e=118d
116e+4e28=1171 116e+4e28+4e28=d7b6 1172+1161=118e 1172+1161+4e28=d7b7 1172+1165=118f 1172+1165+4e28=1190 1172+1167=1191
1172+1167+4e28=1192 1172+1169=d7b8 1172+116e=1193 1172+4e28=1194 119e+1161=d7c5 119e+1165=119f 119e+1165+4e28=d7c6 119e+116e=11a0
119e+119e=11a2 119e+4e28=11a1 1206=544 1261=54c 12ae=53b 1323=54a 1401+b7=140d 1401+1420=142b 1404+b7=1411 1405+b7=1413 1405+1420=142d
1406+b7=1415 140a+b7=1418 140a+1420=142e 140b+b7=141a 141e+971=18dd 1421=14d1 1432+b7=143f 1434+b7=1443 1439+b7=1447 144f+b7=145c
1450+27=1469 1450+b7=145e 1451+b7=1460 1455+27=146a 1455+b7=1462 1456+b7=1464 146b+27=1485 146b+b7=1475 146e+b7=1479 1470+b7=147d
1489=1603 1489+b7=1493 148b+b7=1495 148c+b7=1497 148e+b7=149b 1490=1602 1490+b7=149d 1491+b7=149f 14a3+b7=14ad 14a6+b7=14b1 14a7+b7=14b3
14a8+b7=14b5 14ab+b7=14b9 14c0+b7=14ca 14c2+b7=18c7 14c3+b7=18c9 14c4+b7=18cb 14c5+b7=18cd 14c7+b7=14cc 14c8+b7=14ce 14d3=1604
14d3+b7=14dd 14d5+b7=14df 14d6+b7=14e1 14d7+b7=14e3 14d8+b7=14e5 14da=1607 14da+b7=14e7 14db+b7=14e9 14ed+b7=14f7 14ef+b7=14f9
14f0+b7=14fb 14f1+b7=14fd 14f2+b7=14ff 14f4+b7=1501 14f5+b7=1503 150b+3c=150c 150b+62=150e 150b+1455=150d 150b+1490=150f 1510+b7=1518
1511+b7=151a 1512+b7=151c 1513+b7=151e 1514+b7=1520 1515+b7=1522 1516+b7=1524 1528+b7=1532 1529+b7=1534 152a+b7=1536 152b+b7=1538
152d+b7=153a 152e+b7=153c 1543=1622 1543+b7=18e0 1546=1623 154a=1624 154c+b7=154f 1550+50=157f 1550+62=1583,1584 1550+64=1581
1550+146b=166f 1550+146c=157e 1550+146e=1580 1550+1470=1582 1550+1483=1585 155a+b7=155c 155e+b7=18e3 1566+b7=18e4 1567+b7=1569
156b+b7=18e5 1595+4a=1591 1595+1489=1670 1595+148a=158e 1595+148b=158f 1595+148c=1590 1595+148e=1592 1595+1490=1593 1595+1491=1594
1596+4a=1673 1596+148b=1671 1596+148c=1672 1596+148e=1674 1596+1490=1675 1596+1491=1676 1597+b7=18ea 15a7+b7=1677 15a8+b7=1678
15a9+b7=1679 15aa+b7=167a 15ab+b7=167b 15ac+b7=167c 15ad+b7=167d 15e1=a4f7 15f4+b7=18f0 15fa=a4ed,10921 161b+b7=18f2 16b9=a6b0 16bc=16e1
16bd=16c2 16c9=10171 16dc=10294,118b7 16e6=104d0 16ef=2d63 178a=178f 1791+1794=17a1 1796+1792=17b0 17a2=17a3,17a4 1835=1855 185c=1896
18f5=18db 199e=19d0 19b1=19d1 1b0d=1b52 1b11=1b53 1b28=1b58 1d00=ab7a 1d05=ab70 1d07=ab7c 1d0a=ab7b 1d0e=377,438,48b,1044d 1d18=1d29,abb2
1d19=44f 1d1b=3c4,442,4ad,2ca7,a68d,ab72 1e9f=3b4,56e,1577,2cdd,a5cf 2132=15b5,a4de 2202=f0,1e8cc,1e8cd 2207=118a8 2220=1e8c8 2261=2cb7
276c=304f,3111,21fe8 2c3f=a992 2c6f=15c4,a4ef 2c70=1041f 2c75=370,13a8,13b0,a6b1 2c76=ab80 2d40=102b8 3005=206a4 3078=30d8 30b9=a6a7
30bb=31a4 30db=6729 30e1=4e44 30fc=1173,1bc7,4e00,a7f7 30fc+1161=d7b9 30fc+1165=d7ba 30fc+1165+4e28=d7bb 30fc+1169=d7bc 30fc+116e=1195
30fc+30fc=1196 30fc+4e28=1174 30fc+4e28+116e=1197 3109=206a3 310a=20ad3 310d=5ddc 310e=4e02 3110=4e29 3113=37a2 3115=21c23 311e=20005
3128=3405 312d=5e00 340a=340b 34a8=20457 34d3=6e73 34d5=6ec5 34d6=6eed 34d7=6f54 3588=439b 363d=39b3 3a41=6409 3ada=66f6 3b35=80f6
3b3a=5e50 3b3b=4420 3b51=67ba 3ba3=69e9 4039=9fc3 403f=6663 418b=9f9d 43d3=670a 4443=6726 4620=889a 46b6=8a1e 48b4=9097 4c17=29c18
4c45=9b87 4c4d=4c4e 4e28=1175 4e28+1161=1198 4e28+1163=1199 4e28+1163+1169=d7bd 4e28+1163+4e28=d7be 4e28+1167=d7bf 4e28+1167+4e28=d7c0
4e28+1169=119a 4e28+1169+4e28=d7c1 4e28+116d=d7c2 4e28+116e=119b 4e28+1172=d7c3 4e28+119e=119d 4e28+30fc=119c 4e28+4e28=d7c4
4e8c=30cb,2011e,2011f,20120 4ebb=30a4 4f45=201f1 4f75=5002 5024=503c 5098=20302 513f=3126,16ff2 514c=5151 516b=30cf 5175=2050a 51d1=6e4a
51d2=6eb0 51d3=6ea7 51d4=6ec4 51d7=6f3c 51d8=6f8c 51d9=6fa4 51da=6fbf 51dc=6f9f 51df=7006 51f5=20674 529b=30ab 5315=30d2 5341=2c09b
5351=2d161 535c=30c8 53b6=30e0 53e3=30ed,56d7 53f1=20b9f,2b738 5409=20bb7 5433=5434,5449 5473=20c0c 5553=555f 55a6=5d52 5668=20f96
571f=58eb 5794=212b9 5861=586b 58ab=58ff 58b6=2143f 58ec=2123c 58ef=2125f 58f7=21533 5915=30bf 591a=21587 5968=596c,734e 59b9=59ba
5a1b=5a2f,5a31 5aaf=5b00 5ab2=2180c 5bc9=96ba 5c6e=4db9 5cc0=2b73a 5de5=30a8 5dfd=22049 5dff=5e02 5e21=5e32 5ef6=2231b 5f50=30e8,2b739
5f56=27c32 5f9a=22505 5fd7=225bd 603d=225ff 6046=6052 6085=60a6 6236=6237,6238 62b9=62ba 6329=635d 633f=63d2,63f7 63fa=6416,6447 6553=655a
65b3=230b7 65e5=66f0 6627=6629 665a=6669 670c=80a6 670f=80d0 6710=80ca 6713=8101 6718=8127 6723=81a7 672a=672b 676e=67ff 68b2=68c1
699d=6a27 69f1=2acdd 6b04=237ec 6cab=6cac 6d85=23d40 6d97=6d9a 6e2b=205e8 6e2c=205e7 6e46=205e5 6e4c=98e1 6e6e=51d0 6e76=205ef 6e88=6f59
6e8f=205f6 6e93=205f3 6ea4=99ae 6ec2=205f5 6ef2=205ff 6f31=20602 6f3a=205fe 6f3b=205fd 6f78=23f7d 6f79=20606 6f7a=20608 6f8b=20609
6fae=2060e 6fb6=20610 6fc2=6fd3 6fc3=2060a 6fce=2060b 6fea=291dd 6ffc=20619 701d=2061f 7024=20620 7028=2061d 7042=20623 7361=2486f
73a5=248fd 7422=24968 7464=7476 7468=24a01 7530=2bb42 7589=24d01 768c=24f5c 771b=771c 7814=784f 781e=25458 793b=30cd 7959=2562f 79e3=2578a
7a05=7a0e 7a3d=25874 7a81=2592e 7b93=25b7c 7bf9=25cbb 7c06=25c83 7c51=25d89 7c5c=2bf9f 7d55=7d76 7d59=7d5a 7dc7=31e7c 7dd2=7dd6 8034=2652e
80fc=8141 812b=8131 813c=23377 81ed=26900 81f4=26936 8200=2695d 821d=246c9 8279=5344,535d 82ff=8309 8412=26cc6 8481=26cef 848d=853f
8637=8641,27144 8695=27255 86fb=8715 8a2e=8a7d 8aaa=8aac 8b20=8b21 8b39=27af4 8b86=8b8f 8c5c=8c63 8d1b=25ad4 8d7f=8d86 8dca=27ff4
8de5=8dfa 8e97=8e9b 8eb1=8eb2 8eff=8f27 9038=284dc 90f7=9109,9115 928a=2cacd 92b3=92ed 93ad=93ae 9459=28bba 9686=28e93 980b=2ea07
9819=29460 9832=2be14 985e=29516 98ee=98f2 9e42=9e43 9ed1=9ed2 a4d5=a7b1 a4e4=a79e a4f6=10411,16f26 a64c=2cb0,a7b6 a658=16f1c a669=104eb
a727=a795 a73e=3ff a73f=37d a779=a77a a786=10a0 a792=404,2c88 a793=25b,3b5,454,511,2c89,ab9b,10429,118ce a7ce=295,a7cf a7d3=a7d2 a7d5=a7d4
a7fb=15b7 a8fb=111dc a99d=a9a3 aa01=aa53 aa23=aa56 102a8=a69a 10382=103d1 10393=103d3 1039a=12038 10412=a79a 1043a=a79b 10486=104a0
1099e=132f9 11434+11412=11413 11434+11418=11419 11434+11423=11424 11434+11429=1142a 11434+1142c=1142d 11434+1142e=1142f 11582=115d8,115d9
11583=115da 11584=115db 119c7=92f 11ae5+11ae5=11ae8 11ae5+11ae5+11aef=11ae9 11ae5+11ae5+11af0=11aea 11ae5+11aef=11ae6 11ae5+11af0=11ae7
11aeb+11aeb=11aed 11aeb+11aeb+11aef=11aee 11aeb+11aef=11aec 11af3+11aef=11af4 11af3+11af0=11af5 11af3+11af3=11af6 11af3+11af3+11aef=11af7
11af3+11af3+11af0=11af8 11fc8=baa 16ff3=5152 1b122=4e8e 1b128=4e95 1d376=6b63 1df69=1d8f 1df70=279 1df7b=1d99 200c1=24c6e 20500=2232c
20553=21d0a 2055b=20c6c 20727=20730 216a8=216a7 21d0c=24c12 22aee=22b0e 2335f=2b73e 23386=26760 2339f=26805 237c3=2c13a 238a7=4dbe
23ceb=23d6d 24814=2aec5 25119=2511a 25133=7714 251d7=251e4 25864=25871 265a8=2659d 266b8=266b9 26b60=26b6b 26c36=26d06 26ea4=26f69
277f1=277f5 278ae=4695 29475=29477 29994=299b4 29fe3=29ff2 2b736=3b3f 2b73f=6138 2b81e=6b25 2d8c4=652c 2d954=2ec9d 2e30b=809e 2ebf7=4eea
2ebfb=201f9 2ec3b=36af 2ec5c=5b63 2ec7b=5f84 2ecc3=6c4a 2ecda=3da5 2ece0=2ece1 2ece3=70bc 2ed06=2ed07 2ed0b=3ebb 2ed10=3ebf 2ed45=4011
2ed47=25235 2ed61=4142 2ed73=2ed76 2eda4=23dbd 2edb5=32a8f 2edb9=2c260 2edc5=2b35d 2ede0=8ff3 2ede3=44d5 2ede9=90a3 2edf5=2b7f3 2edf6=9497
2ee04=2b4f0 2ee1b=2ee1c 2ee24=957a 30c28=82b2 31f68=26c25
`;

/** The text that a letter looks like, without marks, by the letter. Complexity: O(1), after 2,453 letters are read once. */
export const confusableLetters: ReadonlyMap<string, string> = new Map(
  looks
    .replaceAll(',\n', ',')
    .trim()
    .split(/\s+/)
    .flatMap((group) => {
      const [look, letters] = group.split('=').map((part) => part.split(/[+,]/)) as [string[], string[]];
      return letters.map((letter) => [toText([letter]), toText(look)] as const);
    }),
);

function toText(codes: readonly string[]): string {
  return codes.map((code) => String.fromCodePoint(Number.parseInt(code, 16))).join('');
}
