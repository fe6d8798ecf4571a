"""The home of getFile."""

from bot.simulator.api.call import Call, Result
from bot.simulator.api.inputs import unknown_file_id
from bot.simulator.errors import bad_request


def get_file(call: Call) -> Result:
    """Give the download path of a file, which works for an hour."""
    world = call.world
    file_id = call.arguments.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.files.find(file_id)
    if file is None:
        raise unknown_file_id(file_id)
    if len(file.content) > world.settings.download_max_bytes:
        raise bad_request("file is too big")
    until = world.now() + world.settings.file_link_seconds
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": world.files.open_link(file, until=until),
    }
