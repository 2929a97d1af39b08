// What one sees once something is open: a list, a conversation. Until then nobody has to fetch it.
import "#ui/toast/toast.ts";
import "./conversations/conversation.ts";
import "./conversations/list.ts";
