# An image with loopfw: docker build --tag loopfw .
#
# Docker's default denies what loopfw needs, so give it two capabilities. They hold within the container; loopfw changes nothing but network
# namespaces that it makes itself, and gives up root before it reads a scenario (SECURITY.md):
#   docker run --rm --init --cap-add SYS_ADMIN --cap-add NET_ADMIN --volume "$PWD:/work" loopfw loopfw run scenarios
# An ordinary user needs no capability, but Docker's seccomp filter must allow user namespaces:
#   docker run --rm --init --user node --security-opt seccomp=unconfined --volume "$PWD:/work" loopfw loopfw run scenarios
# There is no USER line: with the two capabilities a root can start loopfw, and an ordinary user cannot.
FROM node:22.20-bookworm-slim AS build
WORKDIR /build
# .dockerignore lets in what the build reads, and nothing else.
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build && npm pack --ignore-scripts --loglevel=error --pack-destination /tmp

FROM node:22.20-bookworm-slim
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends iptables nftables ipset && rm -rf /var/lib/apt/lists/*
COPY --from=build /tmp/loopfw-*.tgz /tmp/
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/loopfw-*.tgz && rm -rf /tmp/loopfw-*.tgz /root/.npm && loopfw --version
WORKDIR /work
# No entry point, so that the image of a CI job can start its own shell. `docker run loopfw` tells whether loopfw works in such a container.
CMD ["loopfw", "doctor"]
