# docker build -t tfaudit .      docker run --rm --read-only --tmpfs /tmp -v "$PWD:/work:ro" tfaudit scan
# The base is pinned by version; a release pins it by digest as well: --build-arg PYTHON=python:3.13.1-slim-bookworm@sha256:...
ARG PYTHON=python:3.13.1-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /src
COPY pyproject.toml hatch_build.py compile_modules.py requirements.lock README.md LICENSE ./
COPY tfaudit tfaudit
COPY policies policies
COPY controls controls
COPY reports reports
COPY schemas schemas
# The versions are those of the lock, and no more is installed than a scan needs.
RUN sed -E 's/ *\\$//; /^ *--hash/d' requirements.lock > constraints.txt \
 && python -m venv /opt/tfaudit \
 && /opt/tfaudit/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --constraint constraints.txt hatchling pyyaml \
 && /opt/tfaudit/bin/pip install --no-cache-dir --disable-pip-version-check --no-build-isolation --constraint constraints.txt '.[aws,azure,git,kubernetes]' \
 && /opt/tfaudit/bin/pip uninstall --yes --quiet hatchling pip

FROM ${PYTHON}
LABEL org.opencontainers.image.title="tfaudit" \
      org.opencontainers.image.description="Does this infrastructure meet its controls, on every plane where it exists?" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/tfaudit /opt/tfaudit
ENV PATH=/opt/tfaudit/bin:$PATH PYTHONSAFEPATH=1 PYTHONDONTWRITEBYTECODE=1 TFAUDIT_CACHE="" HOME=/tmp
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["tfaudit"]
CMD ["--help"]
