"""What deploy/ offers is read by the programs it is for, where they are installed; nothing in it is in the open."""

import datetime
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.urls import resolve

from uth.config import environment

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


def needs(program: str) -> str:
    """The program's path; where it is not installed the test says so."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    return found


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = needs("systemd-analyze")
    for unit in UNITS:
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stderr.splitlines() if "uth" in line]
    assert done.returncode == 0, done.stderr
    assert said == []


@pytest.mark.parametrize("name", ["uth.service", "uth-worker.service", "uth-backup.service"])
def test_each_service_runs_as_nobody_in_particular_and_may_write_only_its_own(name: str) -> None:
    text = (DEPLOY / "systemd" / name).read_text()
    for line in (
        "User=uth",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=\n",
        "UMask=0077",
    ):
        assert line in text


def test_nginx_understands_the_configuration(tmp_path: Path) -> None:
    program = needs("nginx")
    certificate(tmp_path)
    text = (DEPLOY / "nginx" / "uth.conf").read_text()
    text = text.replace("/etc/ssl/uth/", f"{tmp_path}/").replace("/var/log/nginx/", f"{tmp_path}/")
    text = text.replace("/etc/nginx/uth-proxy.conf", str(DEPLOY / "nginx" / "uth-proxy.conf"))
    (tmp_path / "uth.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/nginx.pid; error_log stderr; events {{}} http {{ include {tmp_path}/uth.conf; }}"
    )
    done = subprocess.run([program, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def certificate(folder: Path) -> None:
    """A certificate of our own for a made-up name."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "uth.example.dk")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def test_the_log_of_requests_names_nobody() -> None:
    text = (DEPLOY / "nginx" / "uth.conf").read_text()
    formats = re.findall(r"log_format[^;]*;", text)
    assert len(formats) == 1
    for name in (
        "remote_addr",
        "request_uri",
        "$uri",
        "$request ",
        "args",
        "referer",
        "user_agent",
        "cookie",
        "forwarded",
    ):
        assert name not in formats[0]


def test_the_example_environment_sets_nothing_that_is_not_read() -> None:
    source = Path(environment.__file__).read_text()
    named = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "uth.env.example").read_text(), flags=re.MULTILINE)
    assert {name for name in named if name not in source} == set()
    assert not re.search(
        r"^UTH_(SECRET_KEY|PEPPER|VAULT_KEY|SIGNING_KEY)=.+", (DEPLOY / "uth.env.example").read_text(), re.M
    )


def test_the_compose_file_is_understood(tmp_path: Path) -> None:
    program = needs("docker")
    if subprocess.run([program, "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker compose is not on this machine")
    folder = tmp_path / "container"
    shutil.copytree(DEPLOY / "container", folder)
    shutil.copy(DEPLOY / "uth.env.example", folder / "uth.env")
    (folder / "database-password").write_text("made up")
    done = subprocess.run(
        [program, "compose", "-f", str(folder / "compose.yaml"), "config", "-q"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def copied_into_the_image() -> list[str]:
    """What the Containerfile's first stage takes from the repository."""
    text = (DEPLOY / "container" / "Containerfile").read_text()
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", text, flags=re.MULTILINE)
    return [name for line in lines for name in line.split()]


def test_the_container_takes_along_all_that_a_build_needs(tmp_path: Path) -> None:
    for name in copied_into_the_image():
        there = DEPLOY.parent / name
        if there.is_dir():
            shutil.copytree(there, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(there, tmp_path / name)
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        names = set(wheel.namelist())
    assert {"uth/web/THIRD_PARTY.md", "uth/law/rules.toml", "uth/web/templates/base.html"} <= names


def test_the_container_asks_a_page_that_is_there() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text()
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/[^']+)'", text)
    assert resolve(path).url_name


def test_what_nobody_has_run_says_so() -> None:
    for file in (DEPLOY / "container" / "Containerfile", DEPLOY / "container" / "compose.yaml"):
        assert file.read_text().startswith("# NOT RUN HERE"), file.name
