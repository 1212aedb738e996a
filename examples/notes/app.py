"""Notes in SQLite. Without arguments it serves; `pending` lists the migrations as Django does, `migrate` applies them."""
import http.server, json, pathlib, sqlite3, sys
db = sqlite3.connect("/data/notes.db", check_same_thread=False)
db.execute("create table if not exists done (name text primary key)")
done = {name for name, in db.execute("select name from done")}
files = sorted(pathlib.Path("migrations").glob("*.sql"))
if sys.argv[1:] == ["pending"]:
    print("\n".join(f"[{'X' if f.stem in done else ' '}]  notes.{f.stem}" for f in files))
elif sys.argv[1:] == ["migrate"]:
    for f in files:
        if f.stem not in done:
            db.executescript(f"begin; {f.read_text()}; insert into done values ('{f.stem}'); commit;")
else:
    class Notes(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"notes": [text for text, in db.execute("select text from note")]}).encode()
            self.send_response(200); self.end_headers(); self.wfile.write(body)
    http.server.ThreadingHTTPServer(("", 8000), Notes).serve_forever()
