from __future__ import annotations

from pathlib import Path

from serving import serving


def test_a_long_path_for_temporary_files_keeps_no_service_from_starting(tmp_path: Path) -> None:
    long = tmp_path / ("a-folder-with-a-long-name-" * 5)
    long.mkdir()
    with serving(long, "--workers", "1") as service:
        assert service.update("INSERT DATA { <urn:a> <urn:b> 1 }").is_success
        assert service.select("SELECT ?n { ?s ?p ?n }") == [{"n": "1"}]
        used = [
            Path(socket.laddr)
            for process in service.processes()
            for socket in process.net_connections("unix")
            if socket.laddr
        ]
        assert used, "no socket has a path: this test shows nothing"
        assert all(path.parent.stat().st_mode & 0o077 == 0 for path in used)
    assert not any(path.parent.exists() for path in used)
