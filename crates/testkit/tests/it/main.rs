//! The harness itself.

use purlin_testkit::{PostgresServer, Shutdown};

#[test]
fn a_server_that_was_stopped_starts_again_with_what_it_acknowledged() {
    let mut server = PostgresServer::start(&["max_connections = 10"]);
    let database = server.create_database();
    let url = database.url();
    assert_eq!(database.query("show max_connections"), "10");
    assert_eq!(database.query("show fsync"), "on");
    database.execute("create table notes (id int)");
    for (count, shutdown) in [(1, Shutdown::Immediate), (2, Shutdown::Fast)] {
        database.execute(&format!("insert into notes values ({count})"));
        server.stop(shutdown);
        server.start_again();
        assert_eq!(database.url(), url);
        assert_eq!(database.query("select count(*) from notes"), count.to_string());
    }
}
