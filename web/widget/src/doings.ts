// What one does with what is shown: menus, questions before what can't be undone, and the way back. Fetched when used.
import "#ui/dialog/dialog.ts";
import "#ui/menu/menu.ts";
import "#ui/toast/toast.ts";

export { actionsFor, setBlock, unblockQuestion } from "./conversations/actions.ts";
export { Swipe } from "./conversations/swipe.ts";
export { messageMenu, withdrawQuestion } from "./messages/menu.ts";
