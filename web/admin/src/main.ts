// The back-office, at /admin.
import "./shell/app.ts";
