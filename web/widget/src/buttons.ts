// The two that stand by themselves in a page.
export { MessageButton } from "./members/message-button.ts";
export { ContactOrganizer } from "./organizer/contact-organizer.ts";
