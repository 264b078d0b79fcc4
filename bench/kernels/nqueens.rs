fn is_safe(queens: &[i64], row: usize, column: i64) -> bool {
    queens[..row].iter().enumerate().all(|(r, &c)| {
        let (r, row) = (r as i64, row as i64);
        c != column && c - r != column - row && c + r != column + row
    })
}

fn place(queens: &mut [i64], row: usize) -> i64 {
    if row == queens.len() {
        return 1;
    }
    let mut solutions = 0;
    for column in 0..queens.len() as i64 {
        if is_safe(queens, row, column) {
            queens[row] = column;
            solutions += place(queens, row + 1);
        }
    }
    solutions
}

fn main() {
    let n = 10;
    for _ in 0..8 {
        println!("{}", place(&mut vec![0; n], 0));
    }
}
