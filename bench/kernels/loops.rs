fn count(n: i64) -> i64 {
    let mut total = 0;
    for i in 0..n {
        for j in 0..n {
            if (i ^ j) % 3 == 0 {
                total += i * j % 7;
            }
        }
    }
    total
}

fn main() {
    println!("{}", count(5000));
}
