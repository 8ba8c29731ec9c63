# Heed in a container: a wheel is built in the first stage, so that the second holds what runs and nothing else.
FROM python:3.11-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir build
COPY . .
RUN python -m build --wheel --outdir /wheels

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/home/heed/.matplotlib
RUN useradd --create-home --uid 10001 heed && install --directory --owner heed --group heed --mode 0700 /data
COPY constraints.txt /constraints.txt
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --constraint /constraints.txt /wheels/*.whl && rm -r /wheels
USER heed
WORKDIR /home/heed
ENV HEED_INSTANCE=/data HEED_BIND=0.0.0.0:8000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["gunicorn", "--config", "python:surveyapp.serving", "wsgi:app"]
