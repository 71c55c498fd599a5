# Exact tags. A release adds the digests of what it was built from: docker buildx imagetools inspect node:24.21.0-bookworm-slim
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# The list of what is inside, for scanners.
RUN npm run build && npm run --silent sbom > dist/sbom.cdx.json && npm prune --omit=dev --no-audit --no-fund

FROM node:24.21.0-bookworm-slim
WORKDIR /app
# MALLOC_MMAP_THRESHOLD_: columns of former facts return to the system. Without it, glibc keeps them for later use.
ENV NODE_ENV=production MALLOC_MMAP_THRESHOLD_=131072 EXPOSURE_HOST=0.0.0.0 EXPOSURE_DATA=/data EXPOSURE_STORE=sqlite:/data/exposure.db
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/package.json /app/schema.graphql ./
COPY --from=build /app/seeds ./seeds
COPY --from=build /app/docs/concepts.md /app/docs/semantics.md ./docs/
COPY --from=build /app/server/import/vocabulary ./server/import/vocabulary
# With dist/server/batch/kernel.mjs and this Node, all that a cluster needs (docs/batch.md).
COPY --from=build /app/server/batch/spark-job.py ./server/batch/
RUN mkdir /data /audit && chown node:node /data /audit
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD node -e "fetch('http://127.0.0.1:4000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
# Answers are many short-lived objects: a larger young generation spends a third as long on collecting them.
CMD ["node", "--max-semi-space-size=32", "dist/server/cli/exposure.js", "serve", "--demo"]
