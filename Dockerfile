# The web process, the worker and the schedule run from this one image. Settings come at run time; see .env.example.
FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin tracker
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# Collecting static files reads the settings but connects to nothing; these values end with this step.
RUN DATABASE_URL=postgres:///none REDIS_URL=redis://none SECRET_KEY=none SITE_URL=http://none EMAIL_URL=console: \
    DEFAULT_FROM_EMAIL=none@example.org python manage.py collectstatic --noinput \
    && install -d -o tracker var
USER tracker
VOLUME /app/var
EXPOSE 8000
CMD ["gunicorn", "hkpolicy.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
