"""The process: reads the config, wires everything, starts and stops.

Whatever of it is imported first, aiogram is imported after that.
"""

from bot.lazy_models import build_models_on_first_use

build_models_on_first_use()
