//! CRC-32 (IEEE 802.3), which the header of a file holds of its body.

const TABLES: [[u32; 256]; 8] = tables();

const fn tables() -> [[u32; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut byte = 0;
    while byte < 256 {
        let mut level = 1;
        while level < 8 {
            let previous = tables[level - 1][byte];
            tables[level][byte] = previous >> 8 ^ tables[0][(previous & 0xff) as usize];
            level += 1;
        }
        byte += 1;
    }
    tables
}

/// The checksum of the bytes. Eight at a time: loading a program should not wait for it.
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut next = 0;
        for (place, &byte) in chunk.iter().enumerate() {
            let mixed = if place < 4 { byte ^ crc.to_le_bytes()[place] } else { byte };
            next ^= TABLES[7 - place][mixed as usize];
        }
        crc = next;
    }
    for &byte in chunks.remainder() {
        crc = crc >> 8 ^ TABLES[0][(crc as u8 ^ byte) as usize];
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn known_values() {
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
    }
}
