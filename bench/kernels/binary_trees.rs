enum Tree {
    Leaf,
    Node(Box<Tree>, Box<Tree>),
}

fn make(depth: i64) -> Tree {
    if depth == 0 {
        Tree::Node(Box::new(Tree::Leaf), Box::new(Tree::Leaf))
    } else {
        Tree::Node(Box::new(make(depth - 1)), Box::new(make(depth - 1)))
    }
}

fn check(tree: &Tree) -> i64 {
    match tree {
        Tree::Leaf => 0,
        Tree::Node(left, right) => 1 + check(left) + check(right),
    }
}

fn main() {
    let most = 15;
    let long_lived = make(most);
    for depth in (4..=most).step_by(4) {
        let rounds: i64 = 1 << (most - depth + 4);
        let total: i64 = (0..rounds).map(|_| check(&make(depth))).sum();
        println!("{rounds} {depth} {total}");
    }
    println!("{}", check(&long_lived));
}
