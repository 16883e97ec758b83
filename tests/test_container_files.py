"""Dockerfile and compose file, read as far as that goes without an engine: sources, modules, settings, secrets."""

import importlib.util
import re
import shlex
import stat

import pytest
import yaml

from realname.paths import REPO

DOCKERFILE = (REPO / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((REPO / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
# settings that a compose file of production has no use for, and why
LEFT_OUT = {
    "REALNAME_DEVELOPMENT": "never with people's data",
    "REALNAME_DEBUG": "never where others can see it",
    "REALNAME_SANDBOX": "development only",
    "SANDBOX_URL": "development only",
    "REALNAME_HTTPS": "always on",
    "REALNAME_AS_OWNER": "migrate sets it itself",
    "KEYRING_FILE": "the key ring comes as REALNAME_KEYRING",
}
SETTINGS_READ = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"|environ(?:\.get\(|\[)"([A-Z_]+)"|ENVIRONMENT = "([A-Z_]+)"|_place\("([A-Z_]+)"')


def instructions(name: str) -> list[str]:
    """The arguments of every such instruction of the Dockerfile."""
    return [line.split(None, 1)[1] for line in DOCKERFILE.splitlines() if line.startswith(f"{name} ")]


def settings_read() -> set[str]:
    """The environment variables the code reads."""
    files = [*REPO.glob("realname/**/*.py"), *REPO.glob("verification/**/*.py")]
    return {name for file in files for match in SETTINGS_READ.findall(file.read_text()) for name in match if name}


def modules_of(command: list[str]) -> list[str]:
    """The Python modules a command names: after -m, and Celery's -A."""
    words = command if isinstance(command, list) else shlex.split(command)
    return [words[i + 1] for i, word in enumerate(words[:-1]) if word in {"-m", "-A"}]


def test_every_source_that_is_copied_exists():
    sources = [source for line in instructions("COPY") for source in line.split()[:-1]]
    assert sources
    assert [source for source in sources if not (REPO / source).exists()] == []


def test_every_app_is_copied():
    """An app that is installed but missing in the image would only be seen when the container starts."""
    from django.conf import settings

    copied = {source.rstrip("/") for line in instructions("COPY") for source in line.split()[:-1]}
    ours = {app.split(".")[0] for app in settings.INSTALLED_APPS if (REPO / app.split(".")[0]).is_dir()}
    assert ours - copied == set()


def test_dependencies_are_installed_by_hash_only():
    installs = re.findall(r"pip install ([^&\n]+)", DOCKERFILE)
    assert len(installs) == 2
    assert all("--require-hashes" in install and "--no-deps" in install for install in installs)


def test_the_image_runs_as_nobody_in_particular():
    assert instructions("USER") == ["realname"]
    assert DOCKERFILE.index("USER realname") < DOCKERFILE.index("\nCMD ")


def test_models_are_fetched_while_the_image_is_built():
    assert any("manage.py models fetch" in run for run in instructions("RUN"))


def test_no_secret_is_written_down():
    """Passwords and keys come from .env, which is never committed; its example is empty where it matters."""
    for line in instructions("ENV"):
        assert not re.search(r"(KEY|PASSWORD|SECRET|KEYRING)=", line)
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"(KEY|PASSWORD|SECRET|KEYRING)$", name):
                # required, or of a way that is not in use
                assert re.fullmatch(r"\$\{[A-Z_]+:(\?|-)\}", value), name
    for line in (REPO / ".env.example").read_text().splitlines():
        if re.match(r"[A-Z_]*(KEY|PASSWORD|SECRET|KEYRING)=", line):
            assert line.endswith("="), line
    assert ".env" in (REPO / ".gitignore").read_text().split()
    assert ".env" in (REPO / ".dockerignore").read_text().split()


def test_the_example_names_every_variable_the_compose_file_asks_for():
    asked = set(re.findall(r"\$\{([A-Z_]+)", (REPO / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^([A-Z_]+)=", (REPO / ".env.example").read_text(), re.MULTILINE))
    assert asked == named


def test_every_setting_can_be_made_in_the_example():
    """What docs/settings.md lists can be set by who runs the product by compose, but for what is named with its reason."""
    table = (REPO / "docs" / "settings.md").read_text().split("## The product")[1].split("\n## ")[0]
    listed = {name for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", table, re.MULTILINE) for name in re.findall(r"[A-Z_]+", row)}
    given = {name for service in OURS.values() for name in service["environment"]}
    assert listed - given == set(LEFT_OUT)


def test_the_authority_of_the_smsc_is_mounted_where_it_is_looked_for():
    """The path in .env is one of the host; the process is told that of the container, and none where there is none."""
    given, mounts = SERVICES["smpp"]["environment"]["SMPP_CA_FILE"], SERVICES["smpp"]["volumes"]
    place = re.fullmatch(r"\$\{SMPP_CA_FILE:\+(/[\w./-]+)\}", given)
    assert place and f"${{SMPP_CA_FILE:-/dev/null}}:{place[1]}:ro" in mounts


def test_the_parts_are_all_there():
    workers = {"worker-vision", "worker-fast", "worker-sources", "worker-bulk"}
    assert set(SERVICES) == {"postgres", "valkey", "migrate", "web", "beat", "smpp"} | workers
    assert "pgvector" in SERVICES["postgres"]["image"]


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_names_modules_that_exist(name):
    command = OURS[name].get("command", [])
    check = OURS[name].get("healthcheck", {}).get("test", [])
    words = command + (shlex.split(check[1]) if check[:1] == ["CMD-SHELL"] else check)
    for module in modules_of(words):
        assert importlib.util.find_spec(module), module
    if "manage.py" in command:
        assert (REPO / "manage.py").exists()


def test_the_images_own_commands_name_modules_that_exist():
    for line in [*instructions("CMD"), *(part.split("CMD", 1)[1].strip() for part in instructions("HEALTHCHECK"))]:
        modules = modules_of(yaml.safe_load(line))
        assert modules
        assert all(importlib.util.find_spec(module) for module in modules)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_variable_given_is_one_the_code_reads(name):
    assert set(OURS[name]["environment"]) - settings_read() == set()


def test_the_schemas_owner_is_given_to_the_migration_only():
    """The trail can't be unlocked by a process that serves people."""
    assert [name for name, service in OURS.items() if "DATABASE_OWNER_URL" in service["environment"]] == ["migrate"]
    assert SERVICES["web"]["environment"]["DATABASE_URL"].startswith("postgresql://realname_app:")


@pytest.mark.parametrize(
    "secret, parts",
    [
        ("REALNAME_KEYRING", {"web", "worker-vision", "worker-fast", "worker-sources", "worker-bulk", "smpp"}),
        ("SMS_GATEWAY_KEY", {"worker-sources"}),
        ("VOICE_GATEWAY_KEY", {"worker-sources"}),
        ("SMPP_PASSWORD", {"smpp"}),
        ("RECEIPT_KEY", {"web"}),
        ("NETWORK_KEY", {"web"}),
        ("AUTHORITY_KEY", {"worker-sources"}),
        ("BUREAU_KEY", {"worker-sources"}),
        ("OPERATORS_KEY", {"worker-sources"}),
        ("ENTERPRISES_KEY", {"worker-sources"}),
        ("TRAIL_SIGNING_KEY_FILE", {"worker-bulk"}),
    ],
)
def test_each_part_is_given_the_secrets_it_needs_and_no_others(secret, parts):
    assert {name for name, service in OURS.items() if secret in service["environment"]} == parts


def test_only_the_sealing_worker_has_the_trails_files():
    """A web process that was broken into can't sign a false seal, nor rewrite the anchor file (P-ALL-4)."""
    assert [name for name, service in SERVICES.items() if any("trail:" in volume for volume in service.get("volumes", []))] == [
        "worker-bulk"
    ]


@pytest.mark.parametrize("name", sorted(set(OURS) - {"migrate"}))
def test_every_part_waits_for_the_migration(name):
    assert OURS[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "web"}))
def test_every_part_has_a_health_check(name):
    """The web server's is the image's own; the migration ends."""
    assert SERVICES[name]["healthcheck"]["test"]
    assert instructions("HEALTHCHECK")


def test_every_queue_has_a_worker():
    from django.conf import settings

    commands = [" ".join(service.get("command", [])) for service in OURS.values()]
    served = {queue for command in commands for queue in re.findall(r"--queues (\S+)", command)}
    assert {queue for names in served for queue in names.split(",")} == {queue.name for queue in settings.CELERY_TASK_QUEUES}


def test_every_volume_and_mounted_file_exists():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("${"):
                continue  # a file of the host that .env names
            assert (REPO / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


def test_scripts_may_be_run():
    for name in ("script/demo", "script/test", "script/lint", "script/lock", "script/postgres-init.sh", ".ci/run"):
        assert (REPO / name).stat().st_mode & stat.S_IXUSR, name
