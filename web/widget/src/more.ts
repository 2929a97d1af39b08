// The rest, fetched when one goes there: people, profiles, contact requests, settings, signing in.
import "./contacts/requests.ts";
import "./members/directory-list.ts";
import "./members/people.ts";
import "./members/profile-card.ts";
import "./members/settings.ts";
import "./sign-in/sign-in.ts";

export { Members } from "./members/members.ts";
