fn build(n: i64) -> String {
    let mut text = String::new();
    for i in 0..n {
        text += "item ";
        text += &i.to_string();
        text += ", ";
    }
    text
}

fn main() {
    let text = build(400000);
    println!("{}", text.chars().count());
    let words: Vec<String> = (0..200000).map(|i| format!("<{i}>")).collect();
    println!("{}", words.concat().chars().count());
}
