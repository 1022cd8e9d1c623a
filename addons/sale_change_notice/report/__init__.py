from . import change_form
