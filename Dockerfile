FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /product
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY prisma prisma
COPY src src
RUN node src/cli/launch.js --prepare-only
COPY views views
COPY public public
RUN mkdir /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --start-period=30s --interval=15s --timeout=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=1536", "src/cli/launch.js", "main"]
