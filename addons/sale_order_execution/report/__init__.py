from . import execution_forms
