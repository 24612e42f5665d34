use super::*;
use crate::testing::{Files, entries, mth};
use proptest::prelude::*;

/// The vectors of the first implementation of RFC 6962: eight entries, and the root after each.
#[test]
fn roots_are_those_of_the_known_vectors() {
    let entries: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut edge = Edge::empty();
    assert_eq!(edge.head(), TreeHead::empty());
    for (entry, root) in entries.iter().zip(roots) {
        let head = edge.append(&[entry]).unwrap().head;
        let bytes: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&root[at..at + 2], 16).unwrap()).collect();
        assert_eq!(head.root.0, *bytes);
    }
}

#[test]
fn an_entry_that_is_too_long_is_not_appended() {
    let mut edge = Edge::empty();
    assert_eq!(edge.append(&[vec![0; ENTRY_BYTES_MAX + 1]]), None);
    assert_eq!(edge, Edge::empty());
    assert!(edge.append(&[vec![0; ENTRY_BYTES_MAX]]).is_some());
}

#[test]
fn an_edge_is_not_restored_from_what_is_missing_or_short() {
    let files = Files::of(&entries(300), &[300]);
    let missing = Edge::restore(300, |tile| if tile.level() == 1 { None } else { files.tile(tile) });
    assert_eq!(missing, Err(MissingTile(Tile::new(1, 0, 1).unwrap())));
    let short = Edge::restore(300, |tile| files.tile(tile).map(|row| row[1..].to_vec()));
    assert_eq!(short, Err(MissingTile(Tile::new(0, 1, 44).unwrap())));
}

#[test]
fn a_tile_fills_once_and_its_root_goes_up() {
    let mut edge = Edge::empty();
    let growth = edge.append(&entries(256)).unwrap();
    let tiles: Vec<String> = growth.tiles.iter().map(|(tile, _)| tile.to_string()).collect();
    assert_eq!(tiles, ["tile/0/000", "tile/1/000.p/1"]);
    let growth = edge.append(&entries(1)).unwrap();
    let tiles: Vec<String> = growth.tiles.iter().map(|(tile, _)| tile.to_string()).collect();
    assert_eq!(tiles, ["tile/0/001.p/1"]);
}

/// 65,536 entries fill a tile of the second level too.
#[test]
fn a_large_tree_has_the_root_of_the_definition() {
    let all = entries(65_537);
    let mut edge = Edge::empty();
    for part in all.chunks(5_000) {
        edge.append(part).unwrap();
    }
    assert_eq!(edge.head().root.0, mth(&all));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn however_it_was_appended_the_root_is_that_of_the_definition(
        count in 0usize..900,
        steps in prop::collection::vec(1usize..300, 1..6),
    ) {
        let all = entries(count);
        let files = Files::of(&all, &steps);
        prop_assert_eq!(files.head(), TreeHead { size: count as u64, root: Hash(mth(&all)) });
        prop_assert!(files.verify(&[]).is_ok());
    }
}
