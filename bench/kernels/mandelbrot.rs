fn mandelbrot(size: i64, limit: i64) -> i64 {
    let mut inside = 0;
    for py in 0..size {
        let ci = 2.0 * py as f64 / size as f64 - 1.0;
        for px in 0..size {
            let cr = 2.0 * px as f64 / size as f64 - 1.5;
            let (mut zr, mut zi, mut n) = (0.0, 0.0, 0);
            while n < limit && zr * zr + zi * zi <= 4.0 {
                let t = zr * zr - zi * zi + cr;
                zi = 2.0 * zr * zi + ci;
                zr = t;
                n += 1;
            }
            if n == limit {
                inside += 1;
            }
        }
    }
    inside
}

fn main() {
    println!("{}", mandelbrot(480, 100));
}
