// Every public element, by the name that the website writes.
import "./direct-messages/direct-messages.ts";
import "./members/members.ts";
import "./members/message-button.ts";
import "./messenger/messenger.ts";
import "./organizer/contact-organizer.ts";
