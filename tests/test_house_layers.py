"""The layers of the house: depends and imports point downwards only."""

import ast
import os
from pathlib import Path

import pytest
from addons_tree import find_addons, iter_python

ROOT = Path(__file__).parents[1]
ADDONS = Path(os.environ["ADDONS"])
#: In this order: each may stand on those before it.
FOUNDATIONS = (
    "base_deadline",
    "base_print_form",
    "base_review",
    "sale_confirm_gate",
    "account_receipt_confirmation",
)
FEATURES = (
    "account_credit_limit",
    "account_receivable_tracking",
    "contract_register",
    "media_booking",
    "project_design_request",
    "purchase_review",
    "sale_change_notice",
    "sale_order_closure",
    "sale_order_execution",
    "sale_order_intake",
    "sale_order_review",
    "stock_review",
)
APPLICATIONS = ("yewu",)
KEYS = {"author": "Yewu", "license": "LGPL-3", "category": "Yewu"}

MANIFESTS = find_addons(ADDONS)


def find_layer(name):
    """Return the layer of an add-on: foundation, feature, bridge or application."""
    layers = {
        "foundation": FOUNDATIONS,
        "feature": FEATURES,
        "application": APPLICATIONS,
    }
    for layer, names in layers.items():
        if name in names:
            return layer
    return "bridge"


def may_depend(name, other):
    """Return whether an add-on may depend on another one of ours."""
    layers = ("foundation", "feature", "bridge", "application")
    upper, lower = layers.index(find_layer(name)), layers.index(find_layer(other))
    if upper != lower:
        return upper > lower
    if find_layer(name) == "foundation":
        return FOUNDATIONS.index(name) > FOUNDATIONS.index(other)
    return find_layer(name) == "bridge"


def find_all_depends(name):
    """Return the names of our add-ons below an add-on."""
    below = set(MANIFESTS[name]["depends"]) & set(MANIFESTS)
    return below.union(*map(find_all_depends, below))


def find_imports(name):
    """Return the add-ons that the code of an add-on (not its tests) imports from."""
    imports = set()
    for file, tree in iter_python(ADDONS / name):
        if "tests" in file.relative_to(ADDONS / name).parts:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "odoo.addons."
            ):
                imports.add(node.module.split(".")[2])
    return imports


@pytest.mark.parametrize("name", MANIFESTS)
def test_depends_point_downwards(name):
    for other in set(MANIFESTS[name]["depends"]) & set(MANIFESTS):
        assert may_depend(name, other), (
            f"{name} is a {find_layer(name)} and may not depend on {other}"
        )


@pytest.mark.parametrize("name", MANIFESTS)
def test_imports_follow_depends(name):
    ours = find_imports(name) & set(MANIFESTS) - {name}
    assert ours <= find_all_depends(name)


@pytest.mark.parametrize("name", MANIFESTS)
def test_what_is_not_listed_here_is_a_bridge(name):
    if find_layer(name) == "bridge":
        assert MANIFESTS[name]["auto_install"], (
            f"{name} does not install itself: list it as a foundation or a feature"
        )
    else:
        assert not MANIFESTS[name]["auto_install"]


@pytest.mark.parametrize("name", MANIFESTS)
def test_manifest_says_whose_it_is(name):
    manifest = MANIFESTS[name]
    assert {key: manifest.get(key) for key in KEYS} == KEYS
    assert manifest["version"].startswith("19.0.")
    assert manifest["summary"]
    assert (ADDONS / name / "README.md").exists(), f"{name} has no README.md"
