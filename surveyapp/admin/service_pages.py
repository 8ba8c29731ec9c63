"""Pages of the tree of services."""

from __future__ import annotations

from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts.scope import Scope
from surveyapp.admin import tree
from surveyapp.admin.forms import RootForm, ServiceForm
from surveyapp.admin.room import administrators, attempt, blueprint, every_service, service_choices
from surveyapp.errors import HeedError
from surveyapp.extensions import session
from surveyapp.models import Person, Service


@blueprint.route("/services", methods=["GET", "POST"])
@administrators
def services() -> ResponseReturnValue:
    """Show the tree, and add to it."""
    form = ServiceForm()
    form.parent.choices = service_choices()
    if form.validate_on_submit():
        parent = _service(form.parent.data)
        try:
            made = tree.add(session(), _me(), name=form.name.data, parent=parent)
        except HeedError as error:
            session.rollback()
            form.name.errors = [str(error)]
        else:
            flash(gettext("%(name)s is added.", name=made.name), "success")
            return redirect(url_for("admin.services"))
    return render_template("admin/services.html", form=form, nodes=every_service()), 422 if form.errors else 200


@blueprint.route("/services/<int:service_id>", methods=["GET", "POST"])
@administrators
def service(service_id: int) -> ResponseReturnValue:
    """Rename a service or put it elsewhere."""
    node = _service(service_id)
    form = _form_of(node)
    if form.validate_on_submit():
        try:
            tree.rename(session(), _me(), node, form.name.data)
            if isinstance(form, ServiceForm):
                tree.move(session(), _me(), node, _service(form.parent.data))
        except HeedError as error:
            session.rollback()
            form.name.errors = [str(error)]
        else:
            flash(gettext("Saved."), "success")
            return redirect(url_for("admin.services"))
    return render_template("admin/service.html", form=form, node=node), 422 if form.errors else 200


@blueprint.post("/services/<int:service_id>/close")
@administrators
def close_service(service_id: int) -> ResponseReturnValue:
    """Close a service."""
    node = _service(service_id)
    return attempt(
        lambda: tree.close(session(), _me(), node),
        done=gettext("%(name)s is closed. Its history stays.", name=node.name),
        back=url_for("admin.service", service_id=service_id),
        then=url_for("admin.services"),
    )


@blueprint.post("/services/<int:service_id>/reopen")
@administrators
def reopen_service(service_id: int) -> ResponseReturnValue:
    """Open a service again."""
    node = _service(service_id)
    return attempt(
        lambda: tree.reopen(session(), _me(), node),
        done=gettext("%(name)s is open again.", name=node.name),
        back=url_for("admin.service", service_id=service_id),
        then=url_for("admin.services"),
    )


def _form_of(node: Service) -> RootForm | ServiceForm:
    if node.parent_id is None:
        return RootForm(obj=node)
    form = ServiceForm(data={"name": node.name, "parent": node.parent_id}, formdata=request.form or None)
    under = {each.id for each in every_service() if node.holds(each)}
    form.parent.choices = [choice for choice in service_choices() if choice.value not in under]
    return form


def _service(service_id: int) -> Service:
    return Scope.of(current_user, session()).service(session(), service_id)


def _me() -> Person:
    return cast(Person, current_user)
