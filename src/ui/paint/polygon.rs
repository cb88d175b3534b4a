//! Filled polygons for a painter that fills only convex ones.

use egui::Pos2;

/// Whether the outline turns one way only.
pub(super) fn is_convex(points: &[Pos2]) -> bool {
    let mut sign = 0.0_f32;
    for (a, b, c) in corners(points) {
        let turn = turn(a, b, c);
        if turn.abs() <= f32::EPSILON {
            continue;
        }
        if sign * turn < 0.0 {
            return false;
        }
        sign = turn;
    }
    true
}

/// Cuts a simple polygon into triangles of indices into `points`, by clipping ears. An outline that crosses itself is cut as
/// far as ears are found.
pub(super) fn triangulate(points: &[Pos2]) -> Vec<[u32; 3]> {
    let clockwise = area(points) > 0.0;
    let mut left: Vec<(u32, Pos2)> = (0..).zip(points.iter().copied()).collect();
    if !clockwise {
        left.reverse();
    }
    let mut triangles = Vec::with_capacity(points.len().saturating_sub(2));
    while left.len() >= 3 {
        let count = left.len();
        let ear = (0..count).find_map(|at| {
            let a = *left.get((at + count - 1) % count)?;
            let b = *left.get(at)?;
            let c = *left.get((at + 1) % count)?;
            is_ear(a, b, c, &left).then_some((at, [a.0, b.0, c.0]))
        });
        let Some((at, triangle)) = ear else { break };
        triangles.push(triangle);
        left.remove(at);
    }
    triangles
}

fn is_ear(a: (u32, Pos2), b: (u32, Pos2), c: (u32, Pos2), left: &[(u32, Pos2)]) -> bool {
    turn(a.1, b.1, c.1) >= 0.0
        && !left.iter().any(|&(index, point)| ![a.0, b.0, c.0].contains(&index) && inside(a.1, b.1, c.1, point))
}

fn inside(a: Pos2, b: Pos2, c: Pos2, point: Pos2) -> bool {
    turn(a, b, point) > 0.0 && turn(b, c, point) > 0.0 && turn(c, a, point) > 0.0
}

/// Positive where the way from `a` over `b` to `c` turns clockwise on the screen (y grows downwards).
fn turn(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
}

/// Twice the enclosed area; positive where the outline runs clockwise on the screen.
fn area(points: &[Pos2]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
}

fn corners(points: &[Pos2]) -> impl Iterator<Item = (Pos2, Pos2, Pos2)> {
    let around = || points.iter().copied().cycle();
    points.iter().copied().zip(around().skip(1)).zip(around().skip(2)).map(|((a, b), c)| (a, b, c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_diamond_is_convex_and_an_arrow_is_not() {
        let diamond = [pos2(0.0, -1.0), pos2(1.0, 0.0), pos2(0.0, 1.0), pos2(-1.0, 0.0)];
        let arrow = [pos2(0.0, 0.0), pos2(4.0, 2.0), pos2(0.0, 4.0), pos2(2.0, 2.0)];
        assert!(is_convex(&diamond));
        assert!(!is_convex(&arrow));
    }

    #[test]
    fn triangles_cover_a_concave_outline_exactly_whichever_way_it_runs() {
        let mut star: Vec<Pos2> = (0..10_u8)
            .map(|n| {
                let radius = if n % 2 == 0 { 10.0 } else { 4.0 };
                let angle = f32::from(n) * std::f32::consts::TAU / 10.0;
                pos2(radius * angle.cos(), radius * angle.sin())
            })
            .collect();
        for _ in 0..2 {
            let triangles = triangulate(&star);
            assert_eq!(triangles.len(), star.len() - 2);
            let covered: f32 = triangles.iter().map(|t| area(&t.map(|index| star[index as usize])).abs()).sum();
            assert!((covered - area(&star).abs()).abs() < 1e-3, "{covered} of {}", area(&star));
            star.reverse();
        }
    }
}
