//! Reads frames, one a line, and writes what readers find in each. The rest is generated from the .ksy files.

use std::io::Write;

fn main() {
    let name = std::env::args().nth(1).expect("a file of frames");
    let frames = std::fs::read_to_string(name).expect("the frames");
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for line in frames.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        let digits = parts[2].as_bytes().chunks(2);
        let bytes = digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap());
        match read_frame(parts[0], &BytesReader::from(bytes.collect::<Vec<u8>>())) {
            Ok(found) => writeln!(out, "{found}").unwrap(),
            Err(error) => writeln!(out, "!{error:?}").unwrap(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"x{digits}\"")
}

fn closed(parts: Vec<String>, open: char, close: char) -> String {
    format!("{open}{}{close}", parts.join(","))
}
