fn make(n: usize, seed: usize) -> Vec<Vec<f64>> {
    (0..n).map(|i| (0..n).map(|j| ((i * n + j + seed) % 10) as f64 / 10.0).collect()).collect()
}

fn multiply(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = a.len();
    let mut c = Vec::with_capacity(n);
    for ai in a {
        let mut row = Vec::with_capacity(n);
        for j in 0..n {
            let mut sum = 0.0;
            for k in 0..n {
                sum += ai[k] * b[k][j];
            }
            row.push(sum);
        }
        c.push(row);
    }
    c
}

fn main() {
    let n = 260;
    let c = multiply(&make(n, 1), &make(n, 2));
    let trace: f64 = (0..n).map(|i| c[i][i]).sum();
    println!("{trace:.3}");
}
