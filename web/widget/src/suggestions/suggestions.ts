// Whom one might want to meet, and what one says for it: fetched where suggestions are on.
import "./dismissed.ts";
import "./interests.ts";
import "./suggested.ts";
