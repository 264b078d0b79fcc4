fn sieve(n: usize) -> usize {
    let mut prime = vec![true; n + 1];
    prime[0] = false;
    prime[1] = false;
    let mut i = 2;
    while i * i <= n {
        if prime[i] {
            for j in (i * i..=n).step_by(i) {
                prime[j] = false;
            }
        }
        i += 1;
    }
    prime.iter().filter(|&&p| p).count()
}

fn main() {
    println!("{}", sieve(5000000));
}
