# The product as a container: `docker build -t partner-bot .`, then see compose.yaml.
# Packages are installed beside, so that neither pip nor its cache is in the image; they are
# compiled there, since nobody may write to the image later and each start would compile anew.
FROM python:3.11-slim-bookworm AS packages
COPY requirements-runtime.lock /tmp/
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --no-cache-dir \
        --disable-pip-version-check --require-hashes --only-binary :all: \
        -r /tmp/requirements-runtime.lock \
    && find /venv -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +
# What no line of the product asks for: places, carriers and time zones behind phone numbers,
# formats of languages that the bot does not speak, and what only serves to compile or to test.
RUN cd /venv/lib/python3.11/site-packages \
    && rm -r phonenumbers/geodata phonenumbers/carrierdata phonenumbers/tzdata \
        numpy/f2py numpy/distutils sqlalchemy/testing matplotlib/mpl-data/sample_data \
    && find babel/locale-data -name '*.dat' ! -name root.dat \
        ! -regex '.*/\(en\|ru\|uk\|bg\)\(_[A-Za-z0-9_]*\)?\.dat' -delete \
    && find . -type f \( -name '*.pyi' -o -name '*.c' -o -name '*.h' -o -name '*.pyx' \
        -o -name '*.pxd' -o -name '*.a' \) -delete

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot /data /etc/partner-bot
COPY --from=packages /venv /venv
WORKDIR /app
COPY bot bot
COPY domain domain
COPY handlers handlers
COPY storage storage
COPY locales locales
COPY LICENSE config.example.toml ./
RUN /venv/bin/python -m compileall -q bot domain handlers storage
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    PARTNER_BOT_CONFIG=/etc/partner-bot/config.toml \
    PARTNER_BOT__WEB__HOST=0.0.0.0 \
    PARTNER_BOT__WEB__PORT=8080 \
    PARTNER_BOT__DOCUMENTS__FOLDER=/data/documents
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# Alive, not ready: a database that is away is no reason to kill a process that waits for it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
