fn fannkuch(n: usize) -> (i64, i64) {
    let mut first: Vec<usize> = (0..n).collect();
    let mut count = vec![0; n];
    let (mut most, mut checksum, mut round, mut r) = (0, 0, 0, n);
    loop {
        while r > 1 {
            count[r - 1] = r;
            r -= 1;
        }
        let mut perm = first.clone();
        let mut flips = 0;
        while perm[0] != 0 {
            let k = perm[0];
            perm[..=k].reverse();
            flips += 1;
        }
        most = most.max(flips);
        if round % 2 == 0 {
            checksum += flips;
        } else {
            checksum -= flips;
        }
        loop {
            if r == n {
                return (checksum, most);
            }
            first[..=r].rotate_left(1);
            count[r] -= 1;
            if count[r] > 0 {
                break;
            }
            r += 1;
        }
        round += 1;
    }
}

fn main() {
    let (checksum, most) = fannkuch(8);
    println!("{checksum} {most}");
    let (checksum, most) = fannkuch(9);
    println!("{checksum} {most}");
}
