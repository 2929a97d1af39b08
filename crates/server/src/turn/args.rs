//! The flags of the relay for calls, and what they mean.

use super::wanted::{TurnConfig, Wanted};
use clap::Args;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use turn_server::{Limits, Tls};

/// Where STUN and TURN listen (RFC 8656, 5).
const PORT: u16 = 3478;

/// The relay for calls: this process's own, or another.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TurnArgs {
    /// Where the relay for calls listens (UDP and TCP), separated by commas; `off` for none [default: port 3478 of all addresses; without --public-url, that of --listen]
    #[arg(long, env = "PARVIS_TURN_LISTEN", value_name = "ADDRESSES")]
    pub turn_listen: Option<String>,
    /// The public address of this machine, which the relay announces; one of IPv4, one of IPv6 [default: found out]
    #[arg(long, env = "PARVIS_TURN_RELAY_IP", value_name = "IP")]
    pub turn_relay_ip: Option<String>,
    /// The UDP ports that the relay uses [default: 49152-65535]
    #[arg(long, env = "PARVIS_TURN_RELAY_PORTS", value_name = "FROM-TO")]
    pub turn_relay_ports: Option<String>,
    /// Private ranges that may be relayed to, such as 10.1.0.0/16,fd12::/32 [default: none]
    #[arg(long, env = "PARVIS_TURN_ALLOW_PEERS", value_name = "RANGES")]
    pub turn_allow_peers: Option<String>,
    /// A certificate (PEM, with its chain) for the host of --public-url: calls then also go over TLS
    #[arg(long, env = "PARVIS_TURN_TLS_CERT", value_name = "FILE")]
    pub turn_tls_cert: Option<PathBuf>,
    /// Its key (PEM)
    #[arg(long, env = "PARVIS_TURN_TLS_KEY", value_name = "FILE")]
    pub turn_tls_key: Option<PathBuf>,
    /// Relayed addresses that one member may have at the same time [default: 12]
    #[arg(long, env = "PARVIS_TURN_PER_MEMBER", value_name = "COUNT")]
    pub turn_per_member: Option<usize>,
    /// Relayed addresses in all [default: 4000]
    #[arg(long, env = "PARVIS_TURN_TOTAL", value_name = "COUNT")]
    pub turn_total: Option<usize>,
    /// Kilobits a second of one relayed address, both ways together [default: 10000]
    #[arg(long, env = "PARVIS_TURN_KBIT", value_name = "KBIT")]
    pub turn_kbit: Option<u32>,
    /// Another TURN server instead, such as turn:turn.example.com:3478?transport=udp; several separated by commas
    #[arg(long, env = "PARVIS_TURN_URL", value_name = "URLS")]
    pub turn_url: Option<String>,
    /// The secret it shares with us (coturn: static-auth-secret)
    #[arg(long, env = "PARVIS_TURN_SECRET", value_name = "SECRET", hide_env_values = true, allow_hyphen_values = true)]
    pub turn_secret: Option<String>,
}

/// What is separated by commas.
fn several<T: FromStr>(text: &str, flag: &str, such_as: &str) -> Result<Vec<T>, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| format!("{flag} must be such as {such_as}, not {part:?}"))).collect()
}

impl TurnArgs {
    /// These, and where they say nothing, those of the file.
    pub fn or(self, file: TurnArgs) -> TurnArgs {
        TurnArgs {
            turn_listen: self.turn_listen.or(file.turn_listen),
            turn_relay_ip: self.turn_relay_ip.or(file.turn_relay_ip),
            turn_relay_ports: self.turn_relay_ports.or(file.turn_relay_ports),
            turn_allow_peers: self.turn_allow_peers.or(file.turn_allow_peers),
            turn_tls_cert: self.turn_tls_cert.or(file.turn_tls_cert),
            turn_tls_key: self.turn_tls_key.or(file.turn_tls_key),
            turn_per_member: self.turn_per_member.or(file.turn_per_member),
            turn_total: self.turn_total.or(file.turn_total),
            turn_kbit: self.turn_kbit.or(file.turn_kbit),
            turn_url: self.turn_url.or(file.turn_url),
            turn_secret: self.turn_secret.or(file.turn_secret),
        }
    }

    /// What they mean; `home`: where the relay listens unless somebody said.
    ///
    /// # Errors
    /// What cannot work, in a sentence that names the flag.
    pub fn settle(self, home: IpAddr) -> Result<TurnConfig, String> {
        let secret = self.turn_secret.clone().filter(|secret| !secret.is_empty());
        if let Some(urls) = self.turn_url.as_deref().filter(|urls| !urls.trim().is_empty()) {
            return outside(urls, secret);
        }
        if secret.is_some() {
            return Err(
                "--turn-secret is of another TURN server: name it with --turn-url, or leave both out".to_owned()
            );
        }
        let announced = several(self.turn_relay_ip.as_deref().unwrap_or(""), "--turn-relay-ip", "198.51.100.7")?;
        let ports = ports(self.turn_relay_ports.as_deref().unwrap_or("49152-65535"))?;
        let allowed_peers =
            several(self.turn_allow_peers.as_deref().unwrap_or(""), "--turn-allow-peers", "10.1.0.0/16")?;
        let tls = match (self.turn_tls_cert, self.turn_tls_key) {
            (Some(certificates), Some(key)) => Some(Tls { certificates, key }),
            (None, None) => None,
            _ => return Err("--turn-tls-cert and --turn-tls-key go together: give both".to_owned()),
        };
        let listen = self.turn_listen.unwrap_or_else(|| SocketAddr::new(home, PORT).to_string());
        if listen.trim().eq_ignore_ascii_case("off") {
            return Ok(TurnConfig::Off);
        }
        let listen: Vec<SocketAddr> = several(&listen, "--turn-listen", "0.0.0.0:3478 (or off)")?;
        if listen.is_empty() {
            return Err("--turn-listen must be such as 0.0.0.0:3478 (or off)".to_owned());
        }
        let mut limits = Limits::default();
        limits.allocations_per_account = self.turn_per_member.unwrap_or(limits.allocations_per_account).max(1);
        limits.allocations = self.turn_total.unwrap_or(limits.allocations).max(1);
        limits.bytes_per_second =
            self.turn_kbit.map_or(limits.bytes_per_second, |kbit| kbit.max(8).saturating_mul(125));
        Ok(TurnConfig::BuiltIn(Wanted { listen, announced, ports, allowed_peers, tls, limits }))
    }
}

fn outside(urls: &str, secret: Option<String>) -> Result<TurnConfig, String> {
    let urls: Vec<String> = urls.split(',').map(|url| url.trim().to_owned()).filter(|url| !url.is_empty()).collect();
    let known = |url: &String| {
        let rest = url.split_once(':').filter(|(scheme, _)| matches!(*scheme, "turn" | "turns" | "stun" | "stuns"));
        rest.is_some_and(|(_, rest)| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
    };
    if let Some(wrong) = urls.iter().find(|url| !known(url)) {
        return Err(format!("--turn-url must be such as turn:turn.example.com:3478?transport=udp, not {wrong:?}"));
    }
    let secret = secret.ok_or_else(|| "--turn-url needs --turn-secret, which the TURN server knows too".to_owned())?;
    Ok(TurnConfig::Outside { urls, secret })
}

fn ports(text: &str) -> Result<RangeInclusive<u16>, String> {
    let read = |port: &str| port.trim().parse::<u16>().ok().filter(|port| *port >= 1_024);
    let range = text.split_once('-').and_then(|(from, to)| Some(read(from)?..=read(to)?));
    range
        .filter(|range| range.start() <= range.end())
        .ok_or_else(|| format!("--turn-relay-ports must be such as 49152-65535 (1024 or more), not {text:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn built_in(args: TurnArgs) -> Wanted {
        match args.settle(Ipv4Addr::LOCALHOST.into()) {
            Ok(TurnConfig::BuiltIn(built_in)) => built_in,
            _ => panic!("not the built-in one"),
        }
    }

    #[test]
    fn without_a_word_it_is_on() {
        let settled = built_in(TurnArgs::default());
        assert_eq!(settled.listen, ["127.0.0.1:3478".parse().unwrap()]);
        assert_eq!((settled.ports, settled.limits), (49_152..=65_535, Limits::default()));
        let off = TurnArgs { turn_listen: Some("OFF".into()), ..TurnArgs::default() };
        assert!(matches!(off.settle(Ipv4Addr::LOCALHOST.into()), Ok(TurnConfig::Off)));
    }

    #[test]
    fn several_of_what_there_may_be_several_of() {
        let settled = built_in(TurnArgs {
            turn_listen: Some("0.0.0.0:3478, [::]:3478".into()),
            turn_relay_ip: Some("198.51.100.7,2001:db8::7".into()),
            turn_allow_peers: Some("10.0.0.0/8,fd00::/8".into()),
            turn_relay_ports: Some("50000-50100".into()),
            turn_kbit: Some(1_000),
            ..TurnArgs::default()
        });
        assert_eq!((settled.listen.len(), settled.announced.len(), settled.allowed_peers.len()), (2, 2, 2));
        assert_eq!((settled.ports, settled.limits.bytes_per_second), (50_000..=50_100, 125_000));
    }

    #[test]
    fn what_cannot_work_is_said() {
        let wrong = |args: TurnArgs| args.settle(Ipv4Addr::LOCALHOST.into()).err().unwrap_or_default();
        let text = |text: &str| Some(text.to_owned());
        let none = TurnArgs::default;
        for (args, flag) in [
            (TurnArgs { turn_listen: text("3478"), ..none() }, "--turn-listen"),
            (TurnArgs { turn_listen: text(""), ..none() }, "--turn-listen"),
            (TurnArgs { turn_relay_ip: text("here"), ..none() }, "--turn-relay-ip"),
            (TurnArgs { turn_relay_ports: text("9-80"), ..none() }, "--turn-relay-ports"),
            (TurnArgs { turn_relay_ports: text("60000-50000"), ..none() }, "--turn-relay-ports"),
            (TurnArgs { turn_allow_peers: text("10.0.0.0/40"), ..none() }, "--turn-allow-peers"),
            (TurnArgs { turn_tls_cert: Some("c.pem".into()), ..none() }, "--turn-tls-key"),
            (TurnArgs { turn_url: text("turn:a.example"), ..none() }, "--turn-secret"),
            (TurnArgs { turn_url: text("https://a"), turn_secret: text("s"), ..none() }, "--turn-url"),
            (TurnArgs { turn_secret: text("s"), ..none() }, "--turn-url"),
        ] {
            assert!(wrong(args).contains(flag), "{flag}");
        }
    }
}
