"""Who may import whom. The rules stand in docs/architecture.md."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("campaign", "reporting", "sextortion_site")
PARTS = (["safe_exit"], ["consent"], ["delivery"], ["staff"])  # of sextortion_site

# The only files that see everything.
SEE_EVERYTHING = {
    "sextortion_site/settings.py",
    "sextortion_site/urls.py",
    "sextortion_site/urls_public.py",
    "sextortion_site/urls_staff.py",
}

# Inside an app a module imports only what stands before it in this list.
LAYERS = {
    "campaign": [
        {"querysets"},
        {"models"},
        {
            "frame",
            "images",
            "mentions",
            "publishing",
            "reading",
            "reading_age",
            "addresses",
            "editing",
            "uses",
            "texts",
            "starter",
            "sitemaps",
            "visits",
            "visit_statistics",
        },
        {"forms"},
        {"context_processors", "templatetags", "length"},
        {"publication_checks", "preview"},
        {"admin", "views", "management"},
        {"urls"},
    ],
    "reporting": [
        {"codes", "file_systems", "questions", "sealing", "spool"},
        {"keystore", "models", "sealed_export", "triage"},
        {"journey", "lookup", "outage", "recipients", "record"},
        {"abuse", "canary", "draining", "mailbox", "submission"},
        {"forms"},
        {"checks", "mailbox_views", "management", "panels", "views"},
        {"apps"},
        {"urls"},
    ],
}
# Words that name no idea.
NO_NAMES = {"common", "utils", "util", "helpers", "misc"}

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    ".npmrc",
    "README.md",
    "campaign",
    "deploy",
    "docs",
    "manage.py",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "reporting",
    "requirements-test.txt",
    "requirements.txt",
    "script",
    "sextortion_site",
    "static",
    "templates",
    "tests",
}
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "node_modules",
    "var",
}


def modules() -> list[Path]:
    found = [file for name in PACKAGES for file in sorted((ROOT / name).rglob("*.py"))]
    return [file for file in found if "migrations" not in file.parts]


def dotted(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str) -> set[str]:
    """Every name that a module imports, functions' own imports included."""
    names: set[str] = set()
    here = module.split(".")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) - node.level] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            names |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
    return names


def breach(module: str, target: str) -> str | None:
    """What is wrong with this module importing that one; None where nothing is."""
    home, goal = module.split("."), target.split(".")
    if goal[0] not in PACKAGES:
        return None
    if {home[0], goal[0]} == {"campaign", "reporting"}:
        return "campaign and reporting do not know each other"
    if home[0] == "sextortion_site" and goal[0] != "sextortion_site":
        return "the site does not know its apps"
    if home[0] == "sextortion_site" and target == "sextortion_site.urls":
        return "the addresses know the parts, not the other way round"
    if home[0] != "sextortion_site" and goal[0] == "sextortion_site" and goal[1:2] not in PARTS:
        return "apps know only the site's parts"
    if home[0] == goal[0] and home[0] in LAYERS and len(home) > 1 and len(goal) > 1:
        if layer(home) is None:
            return f"{home[1]} stands in no layer"
        if layer(goal) is None:
            return f"{goal[1]} stands in no layer"
        if layer(goal) > layer(home):
            return "a layer imports only what stands before it"
    return None


def layer(parts: list[str]) -> int | None:
    for number, names in enumerate(LAYERS[parts[0]]):
        if parts[1] in names:
            return number
    return None


@pytest.mark.parametrize("file", modules(), ids=dotted)
def test_module_imports_only_what_it_may_know(file):
    if str(file.relative_to(ROOT)) in SEE_EVERYTHING:
        return
    module = dotted(file)

    breaches = {
        name: breach(module, name)
        for name in imports(file.read_text(), module)
        if breach(module, name)
    }

    assert breaches == {}


@pytest.mark.parametrize(
    ("module", "target"),
    [
        ("campaign.views", "reporting.models"),
        ("reporting.views", "campaign.models"),
        ("sextortion_site.safe_exit.views", "campaign.models"),
        ("sextortion_site.delivery.health", "reporting.spool"),
        ("campaign.views", "sextortion_site.settings"),
        ("campaign.models.pages", "campaign.views"),
        ("campaign.reading", "campaign.admin.pages"),
        ("campaign.unheard_of", "campaign.models"),
        ("campaign.views", "campaign.unheard_of"),
        ("sextortion_site.delivery.health", "sextortion_site.urls"),
    ],
)
def test_a_breach_is_found(module, target):
    assert breach(module, target) is not None


def test_a_relative_import_is_read_too():
    found = imports("from ..views import page", "campaign.models.pages")

    assert "campaign.views" in found


def test_top_level_holds_what_the_design_names_and_nothing_else():
    here = {path.name for path in ROOT.iterdir()} - NOT_OURS

    assert here == TOP_LEVEL


def test_no_module_has_a_name_that_says_nothing():
    named = {part for file in modules() for part in dotted(file).split(".")}

    assert named & NO_NAMES == set()
