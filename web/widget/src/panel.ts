// What one sees once something is open: a list, a conversation. Until then nobody has to fetch it.
import "./conversations/conversation.ts";
import "./conversations/list.ts";

export { DirectMessages } from "./direct-messages/direct-messages.ts";
