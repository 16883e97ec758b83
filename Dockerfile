# One image for every part: web, workers, scheduler, migration (docker-compose.yml gives each its command).
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=realname.settings \
    REALNAME_VAR=/var/lib/realname \
    REALNAME_MODELS=/opt/realname/models

RUN useradd --system --uid 10001 --create-home --shell /usr/sbin/nologin realname \
    && install -d -o realname -g realname /var/lib/realname /var/lib/realname-trail /opt/realname/models

WORKDIR /app

# Dependencies first, so that a change of our code does not fetch them again. Every file is checked by hash.
# --no-deps: the locks are full closures; face-recognition goes in without building dlib, which dlib-bin stands in for.
COPY requirements/build.txt requirements/base.txt requirements/
RUN pip install --no-deps --require-hashes -r requirements/build.txt \
    && pip install --no-deps --no-build-isolation --require-hashes -r requirements/base.txt

COPY manage.py pyproject.toml ./
COPY realname realname/
COPY registration registration/
COPY risk risk/
COPY verification verification/
COPY changes changes/
COPY monitoring monitoring/
COPY templates templates/
COPY static static/
COPY locale locale/

# The models are part of the image: fetched by manifest, refused when a hash differs. The settings need some address of
# a database and a key to be read at all; none is reached, and the key is thrown away with its folder.
RUN python -m realname.ui.compile_messages \
    && DATABASE_URL=postgresql://nobody@127.0.0.1:1/none REALNAME_DEVELOPMENT=1 REALNAME_VAR=/tmp/build \
       REDIS_URL=redis://127.0.0.1:1/0 python manage.py models fetch --group models \
    && rm -rf /tmp/build /root/.cache

USER realname
VOLUME /var/lib/realname
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 CMD ["python", "-m", "realname.serve.probe"]
CMD ["python", "-m", "gunicorn", "realname.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60", "--worker-tmp-dir", "/dev/shm"]
