# One image: Node, the packages that run, the code. The weights lie in the folder that is mounted at /models; for an image with the
# weights inside, `npm run models -- get` first and build with `--target with-weights`.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Everything compiled comes ready-made in a package; no install script has to run, and none may fetch.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
COPY scripts/slim-packages.mjs scripts/
RUN node scripts/slim-packages.mjs

FROM node:24-bookworm-slim AS house
LABEL org.opencontainers.image.title="Vouch" org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json tsconfig.json LICENSE ./
COPY words words
COPY kb kb
COPY models/*.ts models/
COPY models/grounding models/grounding
COPY views views
COPY scripts scripts
COPY server server
RUN mkdir /data /keys /models && chown 1000:1000 /data /keys /models
USER 1000:1000
# /tmp has to be a tmpfs where the root is read-only.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data KEYS_DIR=/keys MODELS_DIR=/models CACHE_DIR=/tmp/vouch-cache
VOLUME ["/data", "/keys"]
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=180s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--import", "tsx"]
CMD ["server/main.ts"]

FROM house AS with-weights
COPY models/weights /models

FROM house AS vouch
