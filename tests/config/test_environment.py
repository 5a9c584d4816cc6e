"""The environment: what is missing or wrong is told in a sentence, and a demonstration stays on its machine."""

from pathlib import Path

import pytest

from uth.config.environment import NotConfigured, new_keys, read


def demo(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"UTH_DEMO": "1", "UTH_VAR": str(tmp_path), **more}


@pytest.mark.parametrize(
    "url",
    [
        "https://national.opdigtet.invalid/api/v1/national/reports",
        "http://192.0.2.7/api/v1/national/reports",
        "http://localhost.opdigtet.invalid/",
        "http://localhost@opdigtet.invalid/",
        "",
        "opdigtet",
        "http://[",
    ],
)
def test_a_demonstration_refuses_to_send_reports_off_the_machine(tmp_path: Path, url: str) -> None:
    with pytest.raises(NotConfigured, match=r"UTH_NATIONAL_URL peger ud af maskinen.*UTH_DEMO"):
        read(demo(tmp_path, UTH_NATIONAL_URL=url))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_demonstration_may_send_to_another_port_of_the_machine(tmp_path: Path, host: str) -> None:
    url = f"http://{host}:8123/api/v1/national/reports"
    assert read(demo(tmp_path, UTH_NATIONAL_URL=url)).national_url == url


def test_a_demonstration_shows_its_files_to_no_scanner_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="UTH_CLAMAV peger ud af maskinen"):
        read(demo(tmp_path, UTH_CLAMAV="scanner.opdigtet.invalid:3310"))
    assert read(demo(tmp_path, UTH_CLAMAV="localhost:3310")).clamav == "localhost:3310"


def test_a_real_installation_may_send_where_it_is_told_and_makes_no_keys_up(tmp_path: Path) -> None:
    url = "https://national.opdigtet.invalid/api/v1/national/reports"
    real = {"UTH_VAR": str(tmp_path), "UTH_NATIONAL_URL": url}
    with pytest.raises(NotConfigured, match="UTH_SIGNING_KEY"):
        read(real)
    assert read(real | new_keys()).national_url == url
    assert not list(tmp_path.iterdir())


def test_only_a_demonstration_shows_what_stood_in_memory_when_it_failed(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="UTH_DEBUG viser personoplysninger"):
        read({"UTH_VAR": str(tmp_path), "UTH_DEBUG": "1", **new_keys()})
    assert read(demo(tmp_path, UTH_DEBUG="1")).debug


def test_a_site_is_one_of_three(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="local, national eller both"):
        read(demo(tmp_path, UTH_SITE="begge"))


def test_a_thin_machine_may_look_fast_and_nothing_in_between(tmp_path: Path) -> None:
    assert read(demo(tmp_path)).deid_profile == "full"
    assert read(demo(tmp_path, UTH_DEID_PROFILE="fast")).deid_profile == "fast"
    with pytest.raises(NotConfigured, match="full eller fast"):
        read(demo(tmp_path, UTH_DEID_PROFILE="none"))
