//! Last parts of the names of the web: those that people meet. A name that ends otherwise is a link only with
//! `http://`, `https://` or `www.` before it.

/// Ends that are no words: a name with one of them is a link however it is written.
const SURE: [&str; 12] = ["com", "net", "org", "edu", "gov", "fr", "uk", "eu", "cn", "jp", "nl", "ru"];

/// Countries.
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs \
    bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj \
    fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it \
    je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp \
    mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa \
    re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr \
    tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw рф бел укр срб 中国 中國 香港 台湾 台灣 \
    公司 网络 网址 在线 한국 닷컴 भारत ไทย";

/// Everything else.
const OTHERS: &str = "academy adult aero agency app arpa asia auction auto bank beauty bet bid bike bingo bio biz blog \
    boats brussels build business bzh cab cam camp capital cards care careers cash casino cat center chat church city \
    clinic clothing cloud club coach codes community company computer construction consulting cool coop corsica credit \
    date dating deals delivery dental dev digital direct directory discount domains download education edu email \
    energy engineer engineering enterprises equipment estate events exchange expert express fail faith farm fashion \
    finance financial fish fit fitness flights fm football forum foundation fund furniture futbol gal gallery games \
    gay gift gifts gives glass global gmbh gold golf gov graphics gratis guide guru health healthcare help hockey \
    holdings holiday homes horse hospital host hosting house icu immo info ink institute insurance int international \
    investments jobs kitchen lat law lawyer legal lgbt life lighting link live llc loan loans lol london ltd ltda \
    luxury mba management market marketing markets media men mil mobi moda money monster mortgage museum music name \
    network news ngo nyc observer one ong onl online ooo page paris partners parts party pharmacy photo photography \
    photos pics pictures pizza plumbing plus poker porn post press pro productions properties quebec quest racing \
    realty recipes red rehab rent rentals repair report republican rest review reviews rip rocks run sale sarl sbs \
    school science scot services sex sexy shoes shop shopping singles site ski skin soccer social software solar \
    solutions space store stream studio style supplies supply support surf surgery swiss systems tax taxi team tech \
    technology tel tennis theater tickets tienda tips tires today tokyo tools top tours toys trade trading training \
    travel university vacations vegas ventures vet video villas vip vision voyage wang watch webcam website wedding \
    wien wiki win wine work works world wtf xin xxx xyz yachts yoga zone みんな";

/// Whether a name that ends so, in lower case, is likely one of the web.
pub fn is_known(end: &str) -> bool {
    is_sure(end) || end.starts_with("xn--") || COUNTRIES.split(' ').chain(OTHERS.split(' ')).any(|known| known == end)
}

/// Whether it is one and no word of a sentence.
pub fn is_sure(end: &str) -> bool {
    SURE.contains(&end)
}
