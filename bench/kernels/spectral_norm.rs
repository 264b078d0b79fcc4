fn entry(i: usize, j: usize) -> f64 {
    1.0 / ((i + j) * (i + j + 1) / 2 + i + 1) as f64
}

fn times(v: &[f64]) -> Vec<f64> {
    (0..v.len()).map(|i| v.iter().enumerate().map(|(j, x)| entry(i, j) * x).sum()).collect()
}

fn times_transposed(v: &[f64]) -> Vec<f64> {
    (0..v.len()).map(|i| v.iter().enumerate().map(|(j, x)| entry(j, i) * x).sum()).collect()
}

fn main() {
    let n = 450;
    let mut u = vec![1.0; n];
    let mut v = vec![0.0; n];
    for _ in 0..10 {
        v = times_transposed(&times(&u));
        u = times_transposed(&times(&v));
    }
    let vbv: f64 = u.iter().zip(&v).map(|(a, b)| a * b).sum();
    let vv: f64 = v.iter().map(|a| a * a).sum();
    println!("{:.9}", (vbv / vv).sqrt());
}
