import styles from "./header-parts.module.css";

/** The three ways to connect a Docker host. */
export function WaysToConnect() {
  return (
    <ol className={styles.ways}>
      <li>
        <b>An engine on this machine.</b> Start Docker, or let Stagecraft install and start one from Debian’s
        or Ubuntu’s packages: <code>npm start -- --with-engine</code>
      </li>
      <li>
        <b>A host by its address.</b> Restart with <code>DOCKER_HOST=tcp://build-host:2376 npm start</code>,
        or the <code>unix://</code> address of a socket.
      </li>
      <li>
        <b>A Docker context.</b> <code>docker context use build-host</code>, then restart Stagecraft: it takes
        the current one.
      </li>
    </ol>
  );
}
