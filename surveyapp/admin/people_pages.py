"""Pages of the people: invited, changed, handed over from, deactivated."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from surveyapp.accounts import invitations, screen
from surveyapp.accounts import people as people_service
from surveyapp.admin.forms import HandOverForm, InviteForm, PersonForm
from surveyapp.admin.room import administrators, attempt, blueprint, service_choices
from surveyapp.errors import HeedError
from surveyapp.extensions import session
from surveyapp.models import Person, Service


@blueprint.get("/people")
@administrators
def people() -> ResponseReturnValue:
    """Show everybody."""
    return render_template("admin/people.html", people=people_service.everybody(session()))


@blueprint.route("/people/new", methods=["GET", "POST"])
@administrators
def new_person() -> ResponseReturnValue:
    """Invite somebody."""
    form = InviteForm()
    form.services.choices = service_choices()
    if form.validate_on_submit():
        try:
            person = people_service.add(
                session(), current_user, name=form.name.data, email=form.email.data,
                duties=set(form.duties.data or ()), services=_services(form),
            )  # fmt: skip
        except HeedError as error:
            session.rollback()
            form.email.errors = [str(error)]
        else:
            return _invited(person)
    return render_template("admin/person_new.html", form=form), 422 if form.errors else 200


@blueprint.route("/people/<int:person_id>", methods=["GET", "POST"])
@administrators
def person(person_id: int) -> ResponseReturnValue:
    """Change somebody's name, duties and services."""
    who = people_service.fetch(session(), person_id)
    form = PersonForm(name=who.name, duties=sorted(who.duties), services=[each.id for each in who.services])
    form.services.choices = service_choices()
    if form.validate_on_submit():
        try:
            people_service.change(
                session(),
                current_user,
                who,
                name=form.name.data,
                duties=set(form.duties.data or ()),
                services=_services(form),
            )
        except HeedError as error:
            session.rollback()
            form.duties.errors = [str(error)]
        else:
            flash(gettext("Saved."), "success")
            return redirect(url_for("admin.people"))
    return _person_page(who, form, HandOverForm(formdata=None)), 422 if form.errors else 200


@blueprint.post("/people/<int:person_id>/invite")
@administrators
def invite_person(person_id: int) -> ResponseReturnValue:
    """Make a new link, which ends the one before."""
    return _invited(people_service.fetch(session(), person_id))


@blueprint.post("/people/<int:person_id>/hand-over")
@administrators
def hand_over(person_id: int) -> ResponseReturnValue:
    """Hand everything that somebody owns to somebody else."""
    who = people_service.fetch(session(), person_id)
    form = HandOverForm()
    form.to.choices = _heirs(who)
    if not form.validate_on_submit():
        page = PersonForm(
            formdata=None, name=who.name, duties=sorted(who.duties), services=[each.id for each in who.services]
        )
        page.services.choices = service_choices()
        return _person_page(who, page, form), 422
    heir = people_service.fetch(session(), form.to.data)
    here = url_for("admin.person", person_id=who.id)
    return attempt(
        lambda: people_service.hand_over(session(), current_user, who, heir),
        done=gettext("Their improvements now belong to %(name)s.", name=heir.name),
        back=here,
        then=here,
    )


@blueprint.post("/people/<int:person_id>/deactivate")
@administrators
def deactivate_person(person_id: int) -> ResponseReturnValue:
    """Shut an account."""
    who = people_service.fetch(session(), person_id)
    return attempt(
        lambda: people_service.deactivate(session(), current_user, who),
        done=gettext("%(name)s can no longer sign in.", name=who.name),
        back=url_for("admin.person", person_id=who.id),
        then=url_for("admin.people"),
    )


@blueprint.post("/people/<int:person_id>/reactivate")
@administrators
def reactivate_person(person_id: int) -> ResponseReturnValue:
    """Open an account again."""
    who = people_service.fetch(session(), person_id)
    people_service.reactivate(session(), current_user, who)
    flash(gettext("%(name)s can sign in again.", name=who.name), "success")
    return redirect(url_for("admin.people"))


def _invited(person: Person) -> ResponseReturnValue:
    token = invitations.invite(session(), current_user, person)
    link = screen.public_url("accounts.invitation", token=token)
    invitations.write(session(), person, link, organisation=screen.organisation_name())
    return render_template("admin/invited.html", person=person, link=link)


def _person_page(who: Person, form: PersonForm, heirs: HandOverForm) -> str:
    heirs.to.choices = _heirs(who)
    return render_template(
        "admin/person.html", person=who, form=form, heirs=heirs, owned=people_service.owned(session(), who)
    )


def _heirs(who: Person) -> list[SelectChoice]:
    return [
        SelectChoice(each.id, each.name)
        for each in people_service.everybody(session())
        if each.active and each.id != who.id
    ]


def _services(form: PersonForm) -> list[Service]:
    return list(session.scalars(select(Service).where(Service.id.in_(form.services.data or []))))
