// Groups, fetched when one goes there: making one, what is in it, who has read.
import "./group.ts";
import "./new-group.ts";
import "./task.ts";
