// allauth's scripts say in the console alone that a passkey did not work; here people read it.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey_failed").hidden = false;
});
