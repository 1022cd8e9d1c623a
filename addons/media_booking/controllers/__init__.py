from . import avails
from . import board
