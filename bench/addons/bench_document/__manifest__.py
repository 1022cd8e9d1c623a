{
    "name": "Document of the Benchmarks",
    "summary": "A throw-away document under review, in databases of ./yewu bench only",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["base_review"],
    "data": ["security/ir.model.access.csv"],
}
