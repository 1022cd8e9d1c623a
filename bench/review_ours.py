"""The review engine at many open documents of a throw-away model."""

from multiply import multiply, reserve_ids
from review_people import People, split

from odoo import Command

MODEL = "bench.document"
LIST_COLUMNS = {
    **{name: {} for name in ("name", "review_state", "review_deadline", "review_late")},
    **{name: {} for name in ("review_mine", "review_waiting_on")},
    "review_exception_text": {},
    "review_step_id": {"fields": {"display_name": {}}},
}
INBOX_COLUMNS = {
    **{name: {} for name in ("res_name", "step_name", "mine", "late", "state")},
    **{name: {} for name in ("exception_text", "waiting_on", "deadline")},
    "requester_id": {"fields": {"display_name": {}}},
}
#: The best we could write by hand for the tasks of one person and the groups.
MINE = """
      FROM review_task t
     WHERE t.state = 'todo'
       AND (t.user_id = %(user)s
            OR (t.group_id = ANY(%(groups)s) AND t.company_id = ANY(%(companies)s)
                AND NOT EXISTS (SELECT FROM res_users_review_request_rel e
                                 WHERE e.review_request_id = t.request_id
                                   AND e.res_users_id = %(user)s)
                AND NOT EXISTS (SELECT FROM review_task d
                                 WHERE d.request_id = t.request_id
                                   AND d.done_by = %(user)s)))
"""
COUNTER = f"SELECT t.res_model, COUNT(*) {MINE} GROUP BY t.res_model"
INBOX = f"""
    SELECT m.*, r.exceptions, p.name FROM (
        SELECT t.id, t.res_name, t.step_name, t.deadline, t.state, t.request_id,
               t.requester_id, t.user_id, t.group_id
               {MINE} ORDER BY t.id DESC LIMIT 80) m
      JOIN review_request r ON r.id = m.request_id
      JOIN res_users u ON u.id = m.requester_id
      JOIN res_partner p ON p.id = u.partner_id
"""  # noqa: S608 - text of this file


class Suite:
    """Ours, and the best SQL by hand on the same tables."""

    SIZES = {"S": 1_000, "M": 10_000, "L": 100_000}

    def __init__(self, env):
        self.env = env
        self.people = People(env, ["base.group_user"])
        self.flow = env["review.flow"].search([("name", "=", "Bench")])
        self.flow = self.flow or self._create_flow()
        self.flow.active = True

    # === DATA === #

    def _create_flow(self):
        people = self.people
        field = {"assign_by": "field", "field_path": "supervisor_id"}
        groups = (people.director_group, people.finance_group)
        steps = [field, *({"assign_by": "group", "group_id": g.id} for g in groups)]
        flow = self.env["review.flow"].create(
            {"name": "Bench", "model_id": self.env["ir.model"]._get_id(MODEL)}
        )
        fallback = self.env.ref("base.user_admin").id
        self.env["review.step"].create(
            [
                {
                    "flow_id": flow.id,
                    "name": f"Step {number}",
                    "sequence": number * 10,
                    "fallback_user_id": fallback,
                    **step,
                }
                for number, step in enumerate(steps, 1)
            ]
        )
        return flow

    def create_document(self):
        """Create a document as its author does."""
        line = Command.create({"name": "Line", "price": 100.0})
        documents = self.env[MODEL].with_user(self.people.author)
        return documents.create(
            {
                "name": "BENCH",
                "amount": 300.0,
                "partner_id": self.env.company.partner_id.id,
                "supervisor_id": self.people.supervisors[0].id,
                "line_ids": [line] * 3,
            }
        )

    def create_submitted(self, decided=0):
        """Create a document of which the first steps are decided."""
        document = self.create_document()
        document.review_submit()
        people = self.people
        deciders = (people.supervisors[0], people.directors[0])
        for user in deciders[:decided]:
            document.with_user(user).review_approve(1)
        return document

    def fill(self, count):
        """Let ``count`` documents be under review."""
        count -= self.env[MODEL].search_count([("review_state", "=", "open")])
        if count <= 0:
            return
        for decided, share in enumerate(split(count)):
            document = self.create_submitted(decided)
            self.env.cr.flush()
            self._copy(document.sudo(), share - 1)
        self.env.invalidate_all()

    def _copy(self, document, count):
        """Copy a document with its request, its tasks and its activity."""
        cr = self.env.cr
        names = ("bench_document", "review_request")
        base = {table: reserve_ids(cr, table, count) for table in names}
        documents = f"{base['bench_document']} + i.n"
        requests = f"{base['review_request']} + i.n"
        supervisor = f"(ARRAY{self.people.supervisors.ids})[1 + i.n % 42]"
        items = f"SELECT generate_series(1, {count}) AS n"
        common = {"res_id": documents, "request_id": requests, "items": items}
        multiply(
            cr,
            "bench_document",
            f"s.id = {document.id}",
            items,
            id=documents,
            review_request_id="NULL",
            supervisor_id=supervisor,
        )
        self._copy_request(document.review_request_id, count, requests, common)
        query = "UPDATE bench_document SET review_request_id = id + %s WHERE id > %s"
        cr.execute(query, [base[names[1]] - base[names[0]], base[names[0]]])

    def _copy_request(self, request, count, requests, common):
        """Copy a request with its tasks and who may not review it."""
        cr, people = self.env.cr, self.people.supervisors
        first, supervisor = people[0].id, f"(ARRAY{people.ids})[1 + i.n % 42]"
        multiply(cr, "review_request", f"s.id = {request.id}", id=requests, **common)
        multiply(
            cr,
            "res_users_review_request_rel",
            f"s.review_request_id = {request.id}",
            common["items"],
            review_request_id=requests,
        )
        for task in request.task_ids:
            self._copy_task(task, count, first, supervisor, common)

    def _copy_task(self, task, count, first, supervisor, common):
        cr = self.env.cr
        ids = f"{reserve_ids(cr, 'review_task', count)} + i.n"
        people = {
            name: f"CASE WHEN s.{name} = {first} THEN {supervisor} ELSE s.{name} END"
            for name in ("user_id", "done_by")
        }
        multiply(cr, "review_task", f"s.id = {task.id}", id=ids, **common, **people)
        base = reserve_ids(cr, "mail_activity", count)
        multiply(
            cr,
            "mail_activity",
            f"s.review_task_id = {task.id}",
            id=f"{base} + i.n",
            review_task_id=ids,
            user_id=people["user_id"],
            items=common["items"],
            res_id=common["res_id"],
        )

    # === CASES === #

    def cases(self):
        """Yield (case, column, call)."""
        waiting, drafts = self.create_submitted(), self.create_document()
        self.env.cr.flush()
        people = self.people
        yield from self._inbox_cases("", people.directors[1])
        yield from self._inbox_cases("_person", people.supervisors[1])
        documents = self.env[MODEL].with_user(people.supervisors[1])
        yield (
            "review.list_page",
            "ours",
            lambda: documents.web_search_read([], LIST_COLUMNS, limit=80),
        )
        approving = waiting.with_user(people.supervisors[0])
        yield "review.approve", "ours", lambda: approving.review_approve(1)
        yield "review.submit", "ours", drafts.review_submit

    def _inbox_cases(self, suffix, user):
        """Yield the counter and the first page of what waits for the user."""
        tasks = self.env["review.task"].with_user(user)
        counter, inbox = f"review.counter{suffix}", f"review.inbox_page{suffix}"
        domain = [("mine", "=", True)]
        yield counter, "ours", tasks.review_inbox_count
        yield counter, "raw_sql", self._query(COUNTER, user)
        yield (
            inbox,
            "ours",
            lambda: tasks.web_search_read(domain, INBOX_COLUMNS, limit=80),
        )
        yield inbox, "raw_sql", self._query(INBOX, user)

    def _query(self, query, user):
        values = {
            "user": user.id,
            "groups": list(user._get_group_ids()),
            "companies": list(user._get_company_ids()),
        }

        def run():
            self.env.cr.execute(query, values)
            return self.env.cr.fetchall()

        return run
