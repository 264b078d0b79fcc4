fn quicksort(xs: &mut [i64]) {
    if xs.len() <= 1 {
        return;
    }
    let (mut i, mut j) = (0, xs.len() as isize - 1);
    let pivot = xs[(xs.len() - 1) / 2];
    while i <= j {
        while xs[i as usize] < pivot {
            i += 1;
        }
        while xs[j as usize] > pivot {
            j -= 1;
        }
        if i <= j {
            xs.swap(i as usize, j as usize);
            i += 1;
            j -= 1;
        }
    }
    quicksort(&mut xs[..(j + 1) as usize]);
    quicksort(&mut xs[i as usize..]);
}

fn main() {
    let n = 600000;
    let mut seed = 7;
    let mut xs = Vec::new();
    for _ in 0..n {
        seed = seed * 16807 % 2147483647;
        xs.push(seed);
    }
    quicksort(&mut xs);
    println!("{} {} {}", xs[0], xs[n / 2], xs[n - 1]);
}
