"""How tasks travel where there is no Redis: as files in a folder that web, worker and beat share."""


def filesystem_transport(folder):
    """Options of kombu's filesystem transport. It makes no folder itself; what one writes the other must find."""
    queue, control = folder / "queue", folder / "control"
    for path in (queue, control):
        path.mkdir(parents=True, exist_ok=True)
    return {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
