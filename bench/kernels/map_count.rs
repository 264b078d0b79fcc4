use std::collections::HashMap;

fn main() {
    let mut seed: i64 = 42;
    let mut counts: HashMap<i64, i64> = HashMap::new();
    for _ in 0..2500000 {
        seed = seed * 16807 % 2147483647;
        *counts.entry(seed % 5000).or_insert(0) += 1;
    }
    println!("{} {}", counts.len(), counts.values().max().unwrap_or(&0));
    let mut words: HashMap<String, i64> = HashMap::new();
    for i in 0i64..1000000 {
        *words.entry(format!("w{}", i * 7919 % 1000)).or_insert(0) += 1;
    }
    println!("{} {}", words.len(), words["w7"]);
}
