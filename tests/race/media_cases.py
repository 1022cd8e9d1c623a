"""What the races of faces prepare; every function runs in a worker, as the system.

Each round has faces of its own on a site that bears the tag, so that SQL finds what
came of it. A function returns, for each round, the calls that start together.
"""

from datetime import timedelta

from odoo import Command, fields

CONTROLLERS = tuple(f"race.control{number}" for number in range(1, 7))
PACKAGE = 10
SLOTS = 3


def hold_and_hold(env, rounds, tag):
    """Six controllers hold the same face for the same dates: one gets it."""
    return [
        [hold(login, face) for login in CONTROLLERS]
        for (face,) in make_faces(env, rounds, tag)
    ]


def hold_shifted(env, rounds, tag):
    """Six controllers hold the same face, each a week later, four weeks long."""
    return [
        [hold(login, face, first=7 * n) for n, login in enumerate(CONTROLLERS)]
        for (face,) in make_faces(env, rounds, tag)
    ]


def hold_packages(env, rounds, tag):
    """Three packages of the same ten faces, in different orders: one gets all."""
    calls = []
    for faces in make_faces(env, rounds, tag, PACKAGE):
        turned = faces[PACKAGE // 2 :] + faces[: PACKAGE // 2]
        orders = (faces, faces[::-1], turned)
        calls.append(
            [hold(login, *order) for login, order in zip(CONTROLLERS, orders)]  # noqa: B905
        )
    return calls


def contest_lapsed(env, rounds, tag):
    """Two controllers want the face of a hold that has lapsed."""
    faces = make_faces(env, rounds, tag)
    lapse(env, place(env, faces))
    first, second = CONTROLLERS[:2]
    return [[hold(first, face), hold(second, face)] for (face,) in faces]


def promote_and_release(env, rounds, tag):
    """A hold is given back while its first option is withdrawn, and one asks anew."""
    faces = make_faces(env, rounds, tag)
    holds = place(env, faces)
    options = place(env, faces, "option", CONTROLLERS[1])
    place(env, faces, "option", CONTROLLERS[2])
    one, two, three = CONTROLLERS[:3]
    return [
        [release(one, held), release(two, option), hold(three, face)]
        for (face,), held, option in zip(faces, holds, options, strict=True)
    ]


def queue_and_release(env, rounds, tag):
    """A hold is given back while somebody takes the first option on it."""
    faces = make_faces(env, rounds, tag)
    holds = place(env, faces)
    one, two = CONTROLLERS[:2]
    return [
        [release(one, held), ask(two, "option_faces", [face])]
        for (face,), held in zip(faces, holds, strict=True)
    ]


def book_and_hold(env, rounds, tag):
    """A hold is booked while others hold the same face, now and two weeks later."""
    faces = make_faces(env, rounds, tag)
    holds = place(env, faces)
    one, two, three = CONTROLLERS[:3]
    return [
        [book(one, held), hold(two, face), hold(three, face, first=14)]
        for (face,), held in zip(faces, holds, strict=True)
    ]


def move_and_hold(env, rounds, tag):
    """A booking moves to a face that two others hold at that moment."""
    groups = make_faces(env, rounds, tag, 2)
    holds = place(env, [[here] for here, _there in groups])
    one, two, three = CONTROLLERS[:3]
    return [
        [move(one, held, there), hold(two, there), hold(three, there, here)]
        for (here, there), held in zip(groups, holds, strict=True)
    ]


def fill_loop(env, rounds, tag):
    """Six controllers want a slot of a loop of three."""
    return [
        [hold(login, face) for login in CONTROLLERS]
        for (face,) in make_faces(env, rounds, tag, slots=SLOTS)
    ]


def whole_and_parts(env, rounds, tag):
    """A composite face and its two parts are held at once."""
    calls = []
    for one, two in make_faces(env, rounds, tag, 2):
        whole = make_whole(one | two)
        first, second, third = CONTROLLERS[:3]
        calls.append([hold(first, whole), hold(second, one), hold(third, two)])
    return calls


def restructure_and_hold(env, rounds, tag):
    """A plain face becomes a composite one while it is held."""
    calls = []
    for one, two in make_faces(env, rounds, tag, 2):
        vals = {"component_ids": [Command.set(two.ids)]}
        change = CONTROLLERS[1], "media.face", "write", [one.ids, vals]
        calls.append([hold(CONTROLLERS[0], one), change])
    return calls


# === CALLS === #


def ask(login, verb, faces, first=0):
    start = fields.Date.today() + timedelta(days=30 + first)
    request = {"date_from": str(start), "date_to": str(start + timedelta(days=27))}
    requests = [{**request, "face_id": face.id} for face in faces]
    return login, "media.booking", verb, [requests]


def hold(login, *faces, first=0):
    return ask(login, "hold_faces", faces, first)


def release(login, booking):
    return login, "media.booking", "action_release", [booking.ids]


def book(login, booking):
    return login, "media.booking", "action_book", [booking.ids]


def move(login, booking, face):
    dates = [str(booking.date_from), str(booking.date_to)]
    return login, "media.booking", "move", [booking.ids, *dates, face.id]


# === RECORDS === #


def make_faces(env, rounds, tag, count=1, slots=1):
    """Return, per round, new faces on a site that bears the tag."""
    for login in CONTROLLERS:
        ensure_user(env, login)
    site = env["media.site"].create({"code": tag, "name": tag})
    kind = {"kind": "digital", "slot_count": slots} if slots > 1 else {}
    style = env["media.format"].create({"name": tag, **kind})
    faces = env["media.face"].create(
        [
            {"code": f"{tag} {n:05}", "site_id": site.id, "format_id": style.id}
            for n in range(rounds * count)
        ]
    )
    return [faces[n * count : (n + 1) * count] for n in range(rounds)]


def make_whole(parts):
    return parts.create(
        {
            "code": f"{parts[0].code} W",
            "site_id": parts.site_id.id,
            "format_id": parts.format_id.id,
            "component_ids": [Command.set(parts.ids)],
        }
    )


def place(env, groups, state="hold", login=CONTROLLERS[0]):
    """Return one booking on the first face of each group."""
    user = env["res.users"].search([("login", "=", login)])
    verb = "hold_faces" if state == "hold" else "option_faces"
    found = env["media.booking"]
    for start in range(0, len(groups), 100):
        part = [group[0] for group in groups[start : start + 100]]
        requests = ask(login, verb, part)[3][0]
        ids = getattr(found.with_user(user), verb)(requests)
        found += found.browse(ids)
    return found


def lapse(env, holds):
    """Let the time of holds have passed."""
    env.flush_all()
    env.cr.execute(
        "UPDATE media_booking SET hold_until = now() - interval '1 hour'"
        " WHERE id IN %s",
        [holds._ids],
    )


def ensure_user(env, login):
    users = env["res.users"].with_context(no_reset_password=True)
    groups = [Command.set(env.ref("media_booking.group_media_manager").ids)]
    return users.search([("login", "=", login)]) or users.create(
        {"name": login, "login": login, "group_ids": groups}
    )
